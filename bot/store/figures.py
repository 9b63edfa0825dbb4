"""What support counts: conditions on episodes, by name, each with what it is a share of.

A figure that is shown and the list of the conversations behind it ask with the same condition. In words, and in both
languages, they stand in bot/desk/web/texts/<language>/figures.yml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, not_, or_, select, true

from bot.store.episode import RETURN_SECONDS
from bot.store.tables import episodes

ENDS_AFTER_S = 30 * 60  # so long after its last event an episode is over
GOOD, BAD = 4, 2  # stars: at least, at most

_of = episodes.c
_later = episodes.alias("later")
# Not EXISTS: PostgreSQL would read all episodes into memory to answer it for the few that it is asked of.
_followed = (
    select(_later.c.id)
    .where(_later.c.conversation_id == _of.conversation_id, _later.c.number == _of.number + 1)
    .correlate(episodes)
    .scalar_subquery()
    .is_not(None)
)

_talked = _of.user_messages > 0
_asked = _of.asked_at.is_not(None)
_answered_by_person = and_(_asked, _of.answered_at.is_not(None))
_given_up = and_(_asked, _of.given_up_at.is_not(None))
_contained = and_(_talked, not_(_asked), _of.returned == 0)
_walked = _of.outcome.is_not(None)
_problem = or_(_walked, _asked)
_solved = _of.outcome.in_(("solved_by_user", "solved_by_wallet"))
_waiting = _of.outcome == "waiting"
_answered = and_(_talked, not_(_walked), _of.topic.is_not(None), not_(_asked))
# Neither a success nor in other hands: abandoned once it is over, open before.
_unfinished = and_(
    _talked,
    not_(_asked),
    or_(
        and_(_walked, _of.outcome.not_in(("solved_by_user", "solved_by_wallet", "waiting"))),
        and_(not_(_walked), _of.topic.is_(None)),
    ),
)
_rated = _of.rating.is_not(None)
_person_rated = _of.person_rating.is_not(None)


@dataclass(frozen=True)
class Figure:
    """A condition on episodes, given the present moment in seconds since 1970, and the figure it is a share of."""

    holds: Callable[[Any], Any]
    share_of: str | None


def _always(condition: Any) -> Callable[[Any], Any]:
    return lambda _now: condition


def _over(now: Any) -> Any:
    return or_(_of.last_at < now - ENDS_AFTER_S, _followed)


def _abandoned(now: Any) -> Any:
    return and_(_unfinished, _over(now))


def _open(now: Any) -> Any:
    return and_(_unfinished, not_(_over(now)))


CONDITIONS: dict[str, Figure] = {
    "all": Figure(_always(true()), None),
    "talked": Figure(_always(_talked), "all"),
    "contained": Figure(_always(_contained), "talked"),
    # The parts of the contained, each in exactly one; then the last two parts together.
    "contained_solved": Figure(_always(and_(_contained, _solved)), "contained"),
    "contained_answered": Figure(_always(and_(_contained, _answered)), "contained"),
    "contained_waiting": Figure(_always(and_(_contained, _waiting)), "contained"),
    "contained_abandoned": Figure(lambda now: and_(_contained, _abandoned(now)), "contained"),
    "contained_open": Figure(lambda now: and_(_contained, _open(now)), "contained"),
    "contained_unfinished": Figure(_always(and_(_contained, _unfinished)), "contained"),
    # Their users may still come back.
    "provisional": Figure(lambda now: and_(_contained, _of.last_at > now - RETURN_SECONDS), "contained"),
    "returned": Figure(_always(and_(_talked, _of.returned == 1)), "talked"),
    "only_returned": Figure(_always(and_(_talked, _of.returned == 1, not_(_asked))), "talked"),
    "problem": Figure(_always(_problem), "talked"),
    "solved": Figure(_always(_solved), "problem"),
    "solved_by_user": Figure(_always(_of.outcome == "solved_by_user"), "problem"),
    "solved_by_wallet": Figure(_always(_of.outcome == "solved_by_wallet"), "problem"),
    "waiting": Figure(_always(_waiting), "problem"),
    "answered": Figure(_always(_answered), "talked"),
    "abandoned": Figure(_abandoned, "talked"),
    "open": Figure(_open, "talked"),
    # The two before together.
    "unfinished": Figure(_always(_unfinished), "talked"),
    "handed_over": Figure(_always(_asked), "talked"),
    "queued": Figure(_always(and_(_asked, _of.queued_at.is_not(None))), "handed_over"),
    "case": Figure(_always(and_(_asked, _of.case_at.is_not(None))), "handed_over"),
    "person_answered": Figure(_always(_answered_by_person), "handed_over"),
    "given_up": Figure(_always(_given_up), "handed_over"),
    "person_awaited": Figure(
        _always(and_(_asked, _of.answered_at.is_(None), _of.given_up_at.is_(None))), "handed_over"
    ),
    "fallback": Figure(_always(_of.fallbacks > 0), "talked"),
    "rating_asked": Figure(_always(_of.rating_asked == 1), "talked"),
    "rating_given": Figure(_always(and_(_of.rating_asked == 1, _rated)), "rating_asked"),
    "rated": Figure(_always(_rated), "talked"),
    "rated_well": Figure(_always(_of.rating >= GOOD), "rated"),
    "rated_badly": Figure(_always(_of.rating <= BAD), "rated"),
    "person_rating_asked": Figure(_always(_of.person_rating_asked == 1), "person_answered"),
    "person_rating_given": Figure(_always(and_(_of.person_rating_asked == 1, _person_rated)), "person_rating_asked"),
    "person_rated": Figure(_always(_person_rated), "person_answered"),
    "person_rated_well": Figure(_always(_of.person_rating >= GOOD), "person_rated"),
    "person_rated_badly": Figure(_always(_of.person_rating <= BAD), "person_rated"),
}


def condition(name: str, now: Any) -> Any:
    """What an episode must be like to be counted under a name, as a condition on the columns of ``episodes``.

    ``now`` is the present moment in seconds since 1970, or a parameter that will hold it.

    Raises:
        KeyError: when nothing is counted under that name.
    """
    return CONDITIONS[name].holds(now)
