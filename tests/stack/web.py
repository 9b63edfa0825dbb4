"""One JSON request over plain HTTP, as any program outside would make it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

_ANSWER_SECONDS = 60


@dataclass(frozen=True)
class WebAnswer:
    """A status and what the body says; a body that is no JSON is kept as text."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict, compare=False)

    def expect(self, status: int) -> Any:
        """The body of an answer that must have this status."""
        assert self.status == status, f"{self.status} instead of {status}: {self.body}"
        return self.body


def call(
    method: str, url: str, body: Any = None, token: str | None = None, headers: dict[str, str] | None = None
) -> WebAnswer:
    """Send a request; ``bytes`` go out as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    sent = {"Content-Type": "application/json", **(headers or {})}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, content, sent, method=method)  # noqa: S310 - http from the stack
    try:
        with urllib.request.urlopen(request, timeout=_ANSWER_SECONDS) as answer:  # noqa: S310
            return WebAnswer(answer.status, _read(answer.read()), dict(answer.headers))
    except urllib.error.HTTPError as error:
        with error:
            return WebAnswer(error.code, _read(error.read()), dict(error.headers))


def _read(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode(errors="replace")
