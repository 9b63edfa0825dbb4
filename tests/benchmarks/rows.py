"""The rows of the table: a figure of both systems, its ratio, and what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.figures import as_factor, ratio
from tests.benchmarks.growth import POINTS
from tests.benchmarks.rounds import Measurement, middle
from tests.benchmarks.trained_model import TrainedModel

_MB = 1024 * 1024
_PERCENTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
_TENTH, _HALF, _TENFOLD, _LONGEST_GROWTH = 0.1, 0.5, 10.0, 1.5


@dataclass(frozen=True)
class Row:
    """``at_most`` and ``at_least`` are aims of the ratio; ``own_at_most`` one of our figure alone."""

    name: str
    unit: str
    stock: float | None
    ours: float | None
    at_most: float | None = None
    at_least: float | None = None
    own_at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours in units of stock; None for a figure that is one itself."""
        return ratio(self.stock, self.ours) if self.own_at_most is None else None

    @property
    def aim(self) -> str:
        """The aim in words; empty without one."""
        if self.own_at_most is not None:
            return f"ours at most {self.own_at_most:g}"
        if self.at_least is not None:
            return f"at least {as_factor(self.at_least)}"
        return f"at most {as_factor(self.at_most)}" if self.at_most is not None else ""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim was reached; None without an aim or a figure."""
        if self.own_at_most is not None:
            return None if self.ours is None else self.ours <= self.own_at_most
        if self.ratio is None:
            return None
        if self.at_least is not None:
            return self.ratio >= self.at_least
        return None if self.at_most is None else self.ratio <= self.at_most


def rows_of_turns(stock: Measurement, ours: Measurement, users: int) -> list[Row]:
    """Milliseconds of a turn and turns a second while so many users talk: of the middle round."""
    who = f"{users} user{'s' if users > 1 else ''}"
    rows = []
    for name, share in _PERCENTILES.items():
        times = (median(system.percentiles(users, share)) * 1000 for system in (stock, ours))
        rows.append(_row(f"turn {name}, {who}", "ms", times, at_most=_TENTH if name == "p50" else None))
    speeds = (median(system.turns_per_second(users)) for system in (stock, ours))
    return [*rows, _row(f"turns a second, {who}", "1/s", speeds, at_least=_TENFOLD)]


def rows_of_growth(stock: Measurement, ours: Measurement, cycle_length: int) -> list[Row]:
    """Milliseconds of a turn as one conversation grows, and its end against its beginning."""
    curves = [system.curve(cycle_length) for system in (stock, ours)]
    rows = [_row(f"about turn {point}", "ms", (curve[point] * 1000 for curve in curves)) for point in POINTS]
    growth = (curve[POINTS[-1]] / curve[POINTS[0]] for curve in curves)
    return [*rows, _row("turn 100 : turn 1", "", growth, own_at_most=_LONGEST_GROWTH)]


def rows_of_process(stock: Measurement, ours: Measurement) -> list[Row]:
    """Seconds until the first answer, and megabytes."""
    return [
        Row("start to first answer", "s", middle(stock.start), middle(ours.start), at_most=_HALF),
        _row_of_memory("memory at start", stock.memory_at_start, ours.memory_at_start),
        _row_of_memory("memory after load", stock.memory_after_load, ours.memory_after_load),
    ]


def row_of_training(stock: TrainedModel, ours: TrainedModel, epochs: int) -> Row:
    """Seconds of a training, stock's with the epochs that Rasa proposes. What a stand-in took says nothing of stock."""
    of_stock = stock.training.seconds_with(epochs) if stock.training and not stock.is_stand_in else None
    return Row("training", "s", of_stock, ours.training.seconds if ours.training else None, at_most=_TENTH)


def _row(name: str, unit: str, figures: Iterable[float], **aim: float | None) -> Row:
    of_stock, of_ours = figures
    return Row(name, unit, of_stock, of_ours, **aim)


def _row_of_memory(name: str, stock: list[int], ours: list[int]) -> Row:
    middles = (middle(sizes) for sizes in (stock, ours))
    of_stock, of_ours = (size / _MB if size is not None else None for size in middles)
    return Row(name, "MB", of_stock, of_ours, at_most=_HALF)
