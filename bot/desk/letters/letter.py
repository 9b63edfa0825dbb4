"""A letter: one change or one line of a person, as it goes to the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Letter:
    """A letter that the bot has not taken: not yet, or never where there is a `refusal`. `number` orders them."""

    id: str
    number: int
    text: str | None
    change: str | None
    agent: str | None
    created_at: datetime
    refusal: str | None
