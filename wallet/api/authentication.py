"""Who is calling: a user by his access token, or a service by its own."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from sanic import HTTPResponse, Request

from wallet.api.context import Scope, ServiceToken, context_of, wallet_of
from wallet.api.request_log import request_id_of
from wallet.domain.audit import SupportCall
from wallet.domain.errors import ForbiddenError, UnauthenticatedError
from wallet.services.accounts import recognise
from wallet.services.support import record_call

ON_BEHALF_OF = "X-On-Behalf-Of"
_NAME_LENGTH = 200

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


def signed_in(handler: Handler) -> Handler:
    """Let users in. The handler gets the Bearer of the token after the request."""

    @wraps(handler)
    async def answer(request: Request, **path: Any) -> HTTPResponse:
        bearer = await recognise(wallet_of(request), _token_of(request))
        context_of(request).throttle.count_user(bearer.user_id)
        return await handler(request, bearer, **path)

    return answer


def support(scope: Scope) -> Callable[[Handler], Handler]:
    """Let services with a scope in, each call put on record before it is answered.

    Who asks about a user has to say in X-On-Behalf-Of that it is for that user.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def answer(request: Request, **path: str) -> HTTPResponse:
            caller = _service_of(request)
            context_of(request).throttle.count_service(caller.name)
            concerned = path.get("user_id") or request.args.get("user_id")
            acting_user = request.headers.get(ON_BEHALF_OF)
            allowed = scope in caller.scopes and concerned in (None, acting_user)
            target = "/".join(path.values()) or concerned
            await _record(request, caller, acting_user, target, allowed)
            if not allowed:
                raise ForbiddenError()
            return await handler(request, **path)

        return answer

    return decorate


def _token_of(request: Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise UnauthenticatedError()
    return str(token)


def _service_of(request: Request) -> ServiceToken:
    token = _token_of(request).encode()
    for known in context_of(request).service_tokens:
        if hmac.compare_digest(known.secret.encode(), token):
            return known
    raise UnauthenticatedError()


async def _record(
    request: Request, caller: ServiceToken, acting_user: str | None, target: str | None, allowed: bool
) -> None:
    wallet = wallet_of(request)
    call = SupportCall(
        token_name=caller.name,
        acting_user=acting_user[:_NAME_LENGTH] if acting_user else None,
        endpoint=f"{request.method} /{request.route.path}" if request.route else request.method,
        target=target[:_NAME_LENGTH] if target else None,
        allowed=allowed,
        request_id=request_id_of(request),
        at=wallet.now(),
    )
    await record_call(wallet, call)
