"""Whether both systems said the same, turn by turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.played import PlayedTurn

# Each conversation gets a case number of its own, and "until" is another minute a minute later.
_OF_THE_MOMENT = [(re.compile(r"WH-[0-9A-Z]{4}-[0-9A-Z]{4}"), "WH"), (re.compile(r"\d{1,2}:\d{2}"), "h:mm")]


@dataclass(frozen=True)
class Difference:
    """A turn that was answered otherwise."""

    script: str
    number: int
    stock: str | None
    ours: str | None


def differences(stock: Sequence[PlayedTurn], ours: Sequence[PlayedTurn]) -> list[Difference]:
    """The turns of the same scripts that stock and ours answered otherwise; case numbers and times aside."""
    of_ours = {(turn.script, turn.number): turn.said for turn in ours}
    return [
        Difference(turn.script, turn.number, turn.said, other)
        for turn in stock
        for other in [of_ours.get((turn.script, turn.number))]
        if lasting(turn.said) != lasting(other)
    ]


def lasting(said: str | None) -> str:
    """What was said without what belongs to one conversation or one minute."""
    text = said or ""
    for pattern, name in _OF_THE_MOMENT:
        text = pattern.sub(name, text)
    return text
