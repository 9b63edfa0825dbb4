"""Why a conversation is to be reviewed, as conditions of the database."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.sql import Select

from bot.store.figures import condition
from bot.store.tables import conversations, episodes


class Reason(str, Enum):
    """Why; where several hold, the first of them counts."""

    RATED_BADLY = "rated_badly"
    HANDED_OVER = "handed_over"
    UNSOLVED = "unsolved"
    SAMPLE = "sample"


_WEIGHTS = {Reason.RATED_BADLY: 3, Reason.HANDED_OVER: 2, Reason.UNSOLVED: 1, Reason.SAMPLE: 0}
_REASONS = {weight: reason for reason, weight in _WEIGHTS.items()}
_OF_FIGURES = {
    "rated_badly": Reason.RATED_BADLY,
    "person_rated_badly": Reason.RATED_BADLY,
    "handed_over": Reason.HANDED_OVER,
    "abandoned": Reason.UNSOLVED,
}
_DRAWS = 10_000


def weight_of(now: float) -> Any:
    """The greatest reason among the episodes of a row of ``conversations``, as a number; 0 is none."""
    of_episode = case(
        *((condition(name, now), _WEIGHTS[reason]) for name, reason in _OF_FIGURES.items()),
        else_=_WEIGHTS[Reason.SAMPLE],
    )
    query: Select = select(func.coalesce(func.max(of_episode), 0))
    return query.where(episodes.c.conversation_id == conversations.c.id).correlate(conversations).scalar_subquery()


def number_of(reason: Reason) -> int:
    """The number that ``weight_of`` gives a conversation of this reason."""
    return _WEIGHTS[reason]


def reason_of(weight: int) -> Reason:
    """The reason behind a number of ``weight_of``."""
    return _REASONS[weight]


def is_drawn(share: int) -> Any:
    """Whether a conversation is in a share of all, in per cent."""
    return conversations.c.sample < share * (_DRAWS // 100)


def wanted_verdicts(double: int) -> Any:
    """How many verdicts a conversation is to have: two in a share of all, in per cent, else one."""
    # Of the draw's last two digits: independent of the first two, which decide who is drawn at all.
    return case((conversations.c.sample % 100 < double, 2), else_=1)
