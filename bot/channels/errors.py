"""A request that cannot be served, as the caller is told it."""

from __future__ import annotations

from typing import Any


class ChannelError(Exception):
    """Becomes ``{"code", "message"}`` with its status and ``details`` beside them. ``retry_after`` is in seconds."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        retry_after: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.retry_after, self.details = status, code, retry_after, details or {}
