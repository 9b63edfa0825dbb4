"""All figures of some lines: over all of them, and for each language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError, parse_obj_as

from bot.measure.confidence import THRESHOLDS, Answering, Calibration, answering_above, answering_now, calibrate
from bot.measure.confusions import Confusion, Matrix, matrix_of, worst_confusions
from bot.measure.core import core_rows
from bot.measure.errors import Unusable
from bot.measure.rows import Row
from bot.measure.scores import IntentFigures, Summary, figures_of_intents, summarise
from bot.measure.speed import Speed, speed_of

ALL = "all"


@dataclass(frozen=True)
class Source:
    """What was measured: the file of the model, when it was trained if it says so, and the files of the lines."""

    model: str = ""
    trained_at: str | None = None
    files: tuple[str, ...] = ()

    @property
    def trained_minute(self) -> str:
        """When the model was trained, as people write it."""
        return (self.trained_at or "")[: len("2000-01-01T00:00")].replace("T", " ")


@dataclass(frozen=True)
class Part:
    """The figures of all lines or of one language's; ``core`` is None where no line is about a core topic."""

    summary: Summary
    core: Summary | None
    intents: tuple[IntentFigures, ...]
    matrix: Matrix
    confusions: tuple[Confusion, ...]
    curve: tuple[Answering, ...]
    now: Answering
    calibration: Calibration


@dataclass(frozen=True)
class Report:
    """``parts`` has ALL first, then each language of the lines."""

    source: Source
    speed: Speed
    parts: dict[str, Part]

    @property
    def distinct_parts(self) -> dict[str, Part]:
        """The parts without a language that all lines are in: it would say the same twice."""
        return {name: part for name, part in self.parts.items() if name == ALL or len(self.parts) > 2}


def measure(rows: Sequence[Row], topics: Sequence[str] = (), source: Source | None = None) -> Report:
    """The figures of one or more rows. ``topics`` are what a button may offer; lists of intents begin with them."""
    languages = sorted({row.language for row in rows}, reverse=True)
    groups = {ALL: rows, **{name: [row for row in rows if row.language == name] for name in languages}}
    parts = {name: _part(group, topics) for name, group in groups.items()}
    return Report(source or Source(), speed_of(rows), parts)


def as_json(report: Report) -> dict[str, Any]:
    """All of it as plain values."""
    return asdict(report)


def from_json(values: Any) -> Report:
    """The report that ``as_json`` made plain. Raises Unusable for anything else."""
    try:
        return parse_obj_as(Report, values)
    except ValidationError as error:
        raise Unusable("no figures of an earlier report") from error


def _part(rows: Sequence[Row], topics: Sequence[str]) -> Part:
    gold = _in_order({row.gold for row in rows}, topics)
    labels = _in_order({*gold, *(row.predicted for row in rows)}, topics)
    core = core_rows(rows)
    return Part(
        summary=summarise(rows),
        core=summarise(core) if core else None,
        intents=figures_of_intents(rows, gold),
        matrix=matrix_of(rows, labels),
        confusions=worst_confusions(rows),
        curve=tuple(answering_above(rows, threshold, topics) for threshold in THRESHOLDS),
        now=answering_now(rows, topics),
        calibration=calibrate(rows),
    )


def _in_order(names: set[str], first: Sequence[str]) -> list[str]:
    return [*(name for name in first if name in names), *sorted(names.difference(first))]
