"""Which lines are most alike: by the cosine of their weights, found through what they share. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.desk.review.features import Weights

# A line is compared with all, and keeps so many: that bounds what groups are made of.
MOST_ALIKE = 20

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


def alike(weighed: Sequence[Weights], least: float) -> list[dict[int, float]]:
    """For each line those it is alike with, by their places, and how much, from ``least`` to 1.

    The most alike of each; where one keeps another, the other keeps the one.
    """
    having = _having(weighed)
    found: list[dict[int, float]] = [{} for _ in weighed]
    for place, weights in enumerate(weighed):
        shared = [(having[name], weight) for name, weight in weights.items() if name in having]
        if not shared:
            continue
        places = np.concatenate([others for (others, _), _ in shared])
        products = np.concatenate([of_others * weight for (_, of_others), weight in shared])
        likeness: Numbers = np.bincount(places, products, minlength=len(weighed)).astype(np.float64)
        likeness[place] = 0
        for other in _greatest(likeness, least):
            found[place][other] = found[other][place] = float(likeness[other])
    return found


def _having(weighed: Sequence[Weights]) -> dict[str, tuple[Places, Numbers]]:
    """Which lines have a name, and its weight in each; names of a single line compare nothing."""
    lines: dict[str, list[int]] = defaultdict(list)
    weights_of: dict[str, list[float]] = defaultdict(list)
    for place, weights in enumerate(weighed):
        for name, weight in weights.items():
            lines[name].append(place)
            weights_of[name].append(weight)
    return {
        name: (np.array(places, dtype=np.intp), np.array(weights_of[name]))
        for name, places in lines.items()
        if len(places) > 1
    }


def _greatest(likeness: Numbers, least: float) -> list[int]:
    enough: Any = np.nonzero(likeness >= least)[0]
    if len(enough) > MOST_ALIKE:
        enough = enough[np.argsort(-likeness[enough], kind="stable")[:MOST_ALIKE]]
    return [int(place) for place in enough]
