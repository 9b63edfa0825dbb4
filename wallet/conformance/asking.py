"""Requests to the wallet that is tried, with nothing but the standard library."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

ON_BEHALF_OF = "X-On-Behalf-Of"
TIMEOUT_SECONDS = 20


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the token is for this wallet alone. It is an answer like any other."""

    def redirect_request(self, *_: Any) -> None:
        """Nowhere."""


_OPENER = urllib.request.build_opener(_StayHere)


class UnreachableError(Exception):
    """Nothing answers there."""


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` is None unless it is JSON."""

    status: int
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Target:
    """The wallet that is tried, and what may be tried with. Tokens are not shown."""

    url: str
    token: str = field(repr=False)
    read_token: str | None = field(default=None, repr=False)
    user: str | None = None
    protected_user: str | None = None

    def support(
        self, path: str, method: str = "GET", acting: str | None = None, body: Any = None, token: str | None = None
    ) -> Answer:
        """One request of the support line, on behalf of a user if one is named."""
        headers = {"Authorization": f"Bearer {token or self.token}", **({ON_BEHALF_OF: acting} if acting else {})}
        return self.ask(f"/v1/support{path}", method, headers, body)

    def of_user(self, user_id: str, path: str, method: str = "GET", body: Any = None) -> Answer:
        """One request about a user, on his behalf."""
        return self.support(f"/users/{named(user_id)}{path}", method, user_id, body)

    def ask(self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: Any = None) -> Answer:
        """One request. Raises UnreachableError."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if data is not None else {}
        # The address is the one the command was given.
        request = urllib.request.Request(  # noqa: S310
            f"{self.url}{path}", data, {**sent, **(headers or {})}, method=method
        )
        try:
            with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return _answer(answer.status, answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return _answer(refusal.code, refusal)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise UnreachableError(f"{self.url} does not answer: {type(error).__name__}") from error


def named(user_id: str) -> str:
    """A user as he stands in a path."""
    return quote(user_id, safe="")


def _answer(status: int, answer: Any) -> Answer:
    text = answer.read()
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return Answer(status, {name.lower(): value for name, value in answer.headers.items()}, body)
