"""The record of every support call: who asked, for whom, what, and whether he was allowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SupportCall:
    """One call of a support endpoint, written before it is answered."""

    token_name: str
    acting_user: str | None
    endpoint: str
    target: str | None
    allowed: bool
    request_id: str
    at: datetime
