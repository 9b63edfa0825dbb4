"""Lets what was begun come to its end when the browser that asked for it leaves.

Sanic cancels a handler whose client hangs up. A deed would then be done and not kept in the audit, and a mere reading
stopped in the middle of a transaction, whose connection is lost with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, TypeVar

from sanic import Blueprint, Request

Result = TypeVar("Result")
Handler = Callable[..., Coroutine[Any, Any, Any]]


class Lasting:
    """The deeds that are under way; whoever closes what they need waits for them first."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Future[Any]] = set()

    def __len__(self) -> int:
        return len(self._under_way)

    async def finish(self, work: Awaitable[Result]) -> Result:
        """Do something to its end, whatever becomes of the one who waits for it here."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def wait(self) -> None:
        """Wait until nothing is under way any more."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)


def lasting_of(request: Request) -> Lasting:
    """The deeds that are under way in the desk that serves a request."""
    lasting: Lasting = request.app.ctx.lasting
    return lasting


def to_the_end(handler: Handler) -> Handler:
    """Let a handler, or what runs before it, come to its end once it has begun."""

    @wraps(handler)
    async def carried_out(request: Request, *values: Any, **named: Any) -> Any:
        return await lasting_of(request).finish(handler(request, *values, **named))

    return carried_out


class LastingRoutes(Blueprint):
    """Routes whose handlers all come to their end. One that sends without end is added by `add_stream`."""

    def add_route(self, handler: Handler, *values: Any, **named: Any) -> Any:
        """Add a handler as Sanic does: its deed and the row that tells of it are both done, or neither."""
        return super().add_route(to_the_end(handler), *values, **named)

    def add_stream(self, handler: Handler, uri: str) -> None:
        """Add a handler that ends with its client; what it reads on the way it lets `finish` itself."""
        super().add_route(handler, uri, methods=["GET"])
