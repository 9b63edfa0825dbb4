"""How long the model took for a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.measure.rows import Row


@dataclass(frozen=True)
class Speed:
    """Milliseconds a line: half of the lines took no longer than ``p50``, 95 of 100 no longer than ``p95``."""

    p50: float
    p95: float


def speed_of(rows: Sequence[Row]) -> Speed:
    """The percentiles of what parsing took."""
    p50, p95 = np.percentile([row.seconds * 1000 for row in rows], [50, 95])
    return Speed(float(p50), float(p95))
