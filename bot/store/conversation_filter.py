"""What may be asked of the list of conversations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ConversationFilter:
    """What conversations must have; None asks for nothing. Times are seconds since 1970; an end is not included.

    ``words`` asks for lines of a user or a person that hold all of them, see words.py; ``verified`` for a proven user,
    or for a guest; ``active_from`` and ``active_until`` bound the last activity; ``has_person`` asks whether a person
    has written, ``asked_person`` whether one was asked for; ``intent`` what a line of the user was taken for;
    ``reviewed`` whether there is a verdict, ``flagged`` whether a reviewer flagged it, ``corrected`` whether a line of
    it is in the review set. ``figure`` is a name of figures.py: the conversation must have an episode that it counts,
    begun between ``figure_from`` and ``figure_until``; channel, language, topic, cause and outcome are then that
    episode's.
    """

    words: str | None = None
    channel: str | None = None
    language: str | None = None
    user_id: str | None = None
    verified: bool | None = None
    topic: str | None = None
    cause: str | None = None
    outcome: str | None = None
    handoff_state: str | None = None
    asked_person: bool | None = None
    has_person: bool | None = None
    rating_at_least: int | None = None
    rating_at_most: int | None = None
    min_user_messages: int | None = None
    max_user_messages: int | None = None
    min_fallbacks: int | None = None
    confidence_below: float | None = None
    intent: str | None = None
    tag: str | None = None
    reviewed: bool | None = None
    flagged: bool | None = None
    corrected: bool | None = None
    active_from: float | None = None
    active_until: float | None = None
    figure: str | None = None
    figure_from: float | None = None
    figure_until: float | None = None
