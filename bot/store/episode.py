"""What the user came for, the unit in which support counts. Pure; episode_fold.py makes it of events."""

from __future__ import annotations

from dataclasses import dataclass

RETURN_SECONDS = 24 * 3600  # who comes back with the same topic within this time was not helped


@dataclass(frozen=True, kw_only=True)
class Episode:
    """One episode so far; ``number`` counts those of a conversation from 1. Times are seconds since 1970.

    ``topic`` is that of its newest walkthrough, before there is one the first topic the user named; ``cause`` what the
    account showed. ``outcome`` is "running", then how the walkthrough ended; None where there was none. ``asked_at`` to
    ``given_up_at`` are the first times that a person was asked for, the user stood in the queue, a case was made, a
    person wrote, and the user took his request back; the last one is None again once he asks anew. ``rating_asked``,
    ``person_rating_asked`` and ``returned`` are 0 or 1.
    """

    number: int
    started_at: float
    last_at: float
    channel: str | None = None
    language: str | None = None
    user_id: str | None = None
    topic: str | None = None
    cause: str | None = None
    outcome: str | None = None
    user_messages: int = 0
    bot_messages: int = 0
    person_messages: int = 0
    fallbacks: int = 0
    handoff_number: str | None = None
    handoff_reason: str | None = None
    asked_at: float | None = None
    queued_at: float | None = None
    case_at: float | None = None
    answered_at: float | None = None
    given_up_at: float | None = None
    rating_asked: int = 0
    rating: int | None = None
    person_rating_asked: int = 0
    person_rating: int | None = None
    returned: int = 0
