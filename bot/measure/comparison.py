"""Two reports beside each other: what became better, what worse."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.measure.report import Part, Report
from bot.measure.scores import Summary


@dataclass(frozen=True)
class Change:
    """One figure before and after; None where there was no such figure."""

    name: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """How much it rose; None unless there were both."""
        return self.after - self.before if self.before is not None and self.after is not None else None


@dataclass(frozen=True)
class PartComparison:
    """Changes of the summary, the core topics, and the F1 of each intent: the deepest fall first, new and gone last."""

    summary: tuple[Change, ...]
    core: tuple[Change, ...]
    intents: tuple[Change, ...]


def compare(before: Report, after: Report) -> dict[str, PartComparison]:
    """The changes over all, and for each language of either report."""
    names = dict.fromkeys([*after.parts, *before.parts])
    return {name: _compare(before.parts.get(name), after.parts.get(name)) for name in names}


def _compare(before: Part | None, after: Part | None) -> PartComparison:
    old, new = _f1(before), _f1(after)
    intents = [Change(name, old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old])]
    return PartComparison(
        summary=_changes(before.summary if before else None, after.summary if after else None),
        core=_changes(before.core if before else None, after.core if after else None),
        intents=tuple(sorted(intents, key=lambda change: (change.difference is None, change.difference or 0.0))),
    )


def _changes(before: Summary | None, after: Summary | None) -> tuple[Change, ...]:
    old, new = _values(before), _values(after)
    return tuple(Change(name, old.get(name), new.get(name)) for name in new or old)


def _values(summary: Summary | None) -> dict[str, float]:
    return asdict(summary) if summary else {}


def _f1(part: Part | None) -> dict[str, float]:
    return {intent.name: intent.f1 for intent in part.intents} if part else {}
