"""What a list of conversations is filtered by, each piece as a chip that can be taken off. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlencode

# The values of these are names for which there are words: what the words' keys begin with.
_BEGINNINGS = {
    "channel": "channel",
    "language": "language",
    "topic": "topic",
    "cause": "cause",
    "outcome": "ended",
    "handoff": "handoff_state",
    "intent": "intent",
    "figure": "figure",
}
_ANSWERS = ("yes", "no")
_FROM, _UNTIL = "from", "until"
# Periods offered by one press: how many days they go back, today included.
_PERIODS = {"today": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class Chip:
    """One parameter: its value, the key of the value's words where it may have some, and the query without it."""

    name: str
    value: str
    key: str
    others: str


@dataclass(frozen=True)
class Period:
    """A period on offer: the query that asks for it, and whether it is asked for already."""

    name: str
    query: str
    is_set: bool


def arguments_of(query: str) -> dict[str, str]:
    """The parameters of a query."""
    return dict(parse_qsl(query))


def chips_of(query: str) -> list[Chip]:
    """A chip for each parameter of a query."""
    arguments = arguments_of(query)
    return [
        Chip(
            name, value, _key(name, value), urlencode({other: arguments[other] for other in arguments if other != name})
        )
        for name, value in arguments.items()
    ]


def periods_of(query: str, today: date) -> list[Period]:
    """The periods on offer; everything else of the query stays."""
    arguments = arguments_of(query)
    others = {name: value for name, value in arguments.items() if name not in (_FROM, _UNTIL)}
    offered = []
    for name, days in _PERIODS.items():
        begins = (today - timedelta(days=days - 1)).isoformat()
        is_set = arguments.get(_FROM) == begins and _UNTIL not in arguments
        offered.append(Period(name, urlencode({_FROM: begins, **others}), is_set))
    return [*offered, Period("ever", urlencode(others), others == arguments)]


def _key(name: str, value: str) -> str:
    if name in _BEGINNINGS:
        return f"{_BEGINNINGS[name]}_{value}"
    return f"packet_{value}" if value in _ANSWERS else value
