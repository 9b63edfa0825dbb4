"""Conversations of which it is known why they are to be reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from bot.store.summary import sample_of
from tests.integration.desk.review.talk import Talk, payment_talk

NOW = 1_772_354_000.0  # seconds since 1970
HOUR = 3600.0


def ids(wanted: Callable[[int], bool] = lambda draw: True, prefix: str = "widget") -> Iterator[str]:
    """Names of conversations whose draw is as wanted, one after the other."""
    return (name for name in (f"{prefix}-{number}" for number in count()) if wanted(sample_of(name)))


def drawn(draw: int) -> bool:
    """Whether a conversation is among ten per cent of all, and no second reviewer is wanted by ten per cent."""
    return draw < 1000 and draw % 100 >= 10


def not_drawn(draw: int) -> bool:
    """Whether it is neither."""
    return draw >= 1000 and draw % 100 >= 10


def wanted_twice(draw: int) -> bool:
    """Whether a second reviewer is wanted by ten per cent of all."""
    return draw % 100 < 10


def solved(at: float = NOW - 2 * HOUR, stars: int | None = None) -> Talk:
    """One that went well, unless it was rated badly."""
    talk = Talk(at).user("what does it cost", "ask_fees").bot("Nothing.")
    return talk.slot("episode", {"topic": "payment_failure", "outcome": "solved_by_user", "stars": stars})


def unsolved(at: float = NOW - 2 * HOUR) -> Talk:
    """One that was broken off."""
    return payment_talk(at)


def handed_over(at: float = NOW - 2 * HOUR, stars: int | None = None) -> Talk:
    """One in which a person was asked for, and perhaps rated."""
    standing = {"number": "WH-0000-0001", "reason": "asked", "state": "requested", "change": "request"}
    talk = Talk(at).user("a person please", "request_human").slot("handoff", standing)
    resolved = {**standing, "state": "resolved", "change": "resolve"}
    talk.slot("handoff", {**standing, "state": "active", "change": "answer"}).person("Hello").slot("handoff", resolved)
    return talk.slot("handoff", {**resolved, "change": "rate", "state": "rated", "stars": stars}) if stars else talk


def silent(at: float = NOW - 2 * HOUR) -> Talk:
    """One that its user only opened."""
    return Talk(at).bot("Hello, what can I do for you?")
