"""What the dashboard shows of what was counted: each figure with its parts, its interval and its change. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from bot.desk.figures.interval import wilson
from bot.desk.figures.reading import Counted

SMALL = 30  # of fewer than that a share says little


class Unit(str, Enum):
    """What a value is: a number of episodes, a share from 0 to 1, messages, seconds or stars."""

    EPISODES = "episodes"
    SHARE = "share"
    MESSAGES = "messages"
    SECONDS = "seconds"
    STARS = "stars"


_DIGITS = {Unit.SHARE: 3, Unit.STARS: 2, Unit.MESSAGES: 0, Unit.SECONDS: 0}


@dataclass(frozen=True)
class Value:
    """A value, None where nothing was counted; of a share or a mean also what it is made of."""

    value: float | None
    part: int | None
    whole: int
    interval: tuple[float, float] | None = None

    @property
    def is_small(self) -> bool:
        """Whether so little was counted that chance may have made the value."""
        return self.whole < SMALL


@dataclass(frozen=True)
class Measure:
    """A figure: its name, the condition whose episodes are behind it and the one it is a share of.

    ``more_is_better`` is None where more is neither better nor worse.
    """

    name: str
    unit: Unit
    figure: str
    whole: str | None
    more_is_better: bool | None
    of: Callable[[Counted], Value]


@dataclass(frozen=True)
class Shown:
    """A measure as it was counted, and in the time before; its parts are measures of their own."""

    measure: Measure
    now: Value
    before: Value | None
    parts: tuple[Shown, ...] = ()

    @property
    def change(self) -> float | None:
        """By how much it has changed, in its unit; of a number of episodes the share by which.

        None where there is nothing to compare with, or too little.
        """
        if self.now.value is None or self.before is None or self.before.value is None or self.before.is_small:
            return None
        difference = self.now.value - self.before.value
        # As exactly as it is written: a change that reads as none is none.
        if self.measure.unit is Unit.EPISODES:
            return round(difference / self.before.value, 2)
        return round(difference, _DIGITS[self.measure.unit])

    @property
    def is_better(self) -> bool | None:
        """Whether the change is for the better; None where there is none, or it is neither, or may be chance."""
        wanted = self.measure.more_is_better
        if not self.change or wanted is None or self.now.is_small:
            return None
        return (self.change > 0) is wanted


def _count(name: str) -> Measure:
    return Measure(name, Unit.EPISODES, name, None, None, lambda counted: _number(counted.sums[name]))


def _number(count: int) -> Value:
    return Value(float(count), None, count)


def share(part: int, whole: int) -> Value:
    """A share with its 95 % interval; of nothing there is none."""
    if not whole:
        return Value(None, part, 0)
    return Value(part / whole, part, whole, wilson(part, whole))


def _share(
    name: str, of: str, more_is_better: bool | None = None, called: str | None = None, figure: str | None = None
) -> Measure:
    def value(counted: Counted) -> Value:
        return share(counted.sums[name], counted.sums[of])

    return Measure(called or name, Unit.SHARE, figure or name, of, more_is_better, value)


def _mean(name: str, total: str, of: str) -> Measure:
    def value(counted: Counted) -> Value:
        whole = counted.sums[of]
        return Value(counted.sums[total] / whole if whole else None, counted.sums[total], whole)

    return Measure(name, Unit.STARS, of, of, True, value)


def _spread(name: str, which: str, of: str, unit: Unit, figure: str) -> Measure:
    def value(counted: Counted) -> Value:
        spread = getattr(counted, which)
        found = getattr(spread, of)
        return Value(None if found is None else float(found), None, spread.count)

    return Measure(name, unit, figure, figure, False, value)


_TURNS = ("turns", Unit.MESSAGES, "talked")
_WAIT = ("seconds_to_person", Unit.SECONDS, "person_answered")

Tiles = tuple[tuple[Measure, tuple[Measure, ...]], ...]
# The tiles, each with the measures that stand below it: those with one, and those with several.
BRIEF_TILES: Tiles = (
    (_count("talked"), (_count("problem"),)),
    (_share("contained", "talked", True), (_share("returned", "talked", False),)),
    (_share("abandoned", "talked", False), (_share("open", "talked"),)),
    (_share("handed_over", "talked", False), (_share("person_answered", "handed_over", True),)),
    (
        _share("fallbacks", "messages", False, called="fallback_messages", figure="fallback"),
        (_share("fallback", "talked", False),),
    ),
    (
        _spread("turns_median", _TURNS[0], "median", *_TURNS[1:]),
        (_spread("turns_p90", _TURNS[0], "p90", *_TURNS[1:]),),
    ),
    (_spread("wait_median", _WAIT[0], "median", *_WAIT[1:]), (_spread("wait_p90", _WAIT[0], "p90", *_WAIT[1:]),)),
)
FULL_TILES: Tiles = (
    (_share("solved", "problem", True), (_share("solved_by_user", "problem"), _share("solved_by_wallet", "problem"))),
    (
        _share("rated_well", "rated", True),
        (
            _mean("stars", "stars", "rated"),
            _share("rated_badly", "rated", False),
            _share("rating_given", "rating_asked", True),
        ),
    ),
    (
        _share("person_rated_well", "person_rated", True),
        (
            _mean("person_stars", "person_stars", "person_rated"),
            _share("person_rated_badly", "person_rated", False),
            _share("person_rating_given", "person_rating_asked", True),
        ),
    ),
)
TILES: Tiles = (*BRIEF_TILES, *FULL_TILES)
# What the contained are made of.
CONTAINED = tuple(
    _share(f"contained_{part}", "contained") for part in ("solved", "answered", "waiting", "abandoned", "open")
)
# What becomes of those who ask for a person.
FUNNEL = (
    _share("handed_over", "talked"),
    *(_share(name, "handed_over") for name in ("queued", "case", "person_answered", "given_up", "person_awaited")),
)


def shown(measure: Measure, now: Counted, before: Counted | None, parts: tuple[Measure, ...] = ()) -> Shown:
    """A measure of what was counted now and before, with others below it."""
    below = tuple(shown(part, now, before) for part in parts)
    return Shown(measure, measure.of(now), None if before is None else measure.of(before), below)
