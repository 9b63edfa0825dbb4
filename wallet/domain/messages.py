"""Mails and text messages the wallet sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Medium(str, Enum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True)
class Message:
    """One mail or text message in the outbox.

    ``reference`` names it to the outside, the same at every try. From ``expires_at`` on nobody needs it any more.
    """

    reference: str
    user_id: str
    medium: Medium
    to: str
    kind: str
    subject: str
    body: str
    link: str | None
    created_at: datetime
    expires_at: datetime
