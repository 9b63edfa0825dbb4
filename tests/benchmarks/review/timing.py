"""Looks at a page again and again, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tests.benchmarks.figures import percentile
from tests.benchmarks.review.desk import Lead
from tests.benchmarks.review.pages import Look

LONGEST = 1.0  # seconds that a page may take
_TIMES, _LEAST_TIMES = 20, 3
_MOST_SECONDS = 20  # of one page; a slow one is looked at less often


@dataclass(frozen=True)
class Timed:
    """Seconds of the first look and of those after it, each until the whole page was there; ``status`` is the worst."""

    name: str
    status: int
    first: float
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def longest(self) -> float:
        """What 95 of 100 do not exceed."""
        return percentile(self.seconds, 0.95)

    @property
    def is_met(self) -> bool:
        """Whether the page is there, and within a second."""
        return self.status == 200 and self.longest <= LONGEST


def timed(lead: Lead, look: Look) -> Timed:
    """Look at a page until enough is known about it."""
    first = lead.look(look.path)
    statuses, seconds = [first.status], []
    while len(seconds) < _TIMES and (len(seconds) < _LEAST_TIMES or sum(seconds) < _MOST_SECONDS):
        answer = lead.look(look.path)
        statuses.append(answer.status)
        seconds.append(answer.seconds)
    return Timed(look.name, max(statuses), first.seconds, tuple(seconds))
