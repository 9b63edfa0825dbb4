"""One opinion of the intent: a linear support vector machine an intent, as plain arrays.

scikit-learn trains it. To predict, it would check one message some hundred times over: 10 ms instead of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.features import Row

Floats = NDArray[np.float32]

_FILE = "linear.npz"


def softmax(scores: Floats) -> Floats:
    """The scores as shares of one."""
    likelihoods = np.exp(scores - scores.max())
    shares: Floats = likelihoods / likelihoods.sum()
    return shares


@dataclass(frozen=True)
class LinearModel:
    """``matrix`` has a row a column of the features and a column an intent; ``sharpness`` makes margins confidences."""

    matrix: Floats
    intercepts: Floats
    sharpness: float

    @classmethod
    def train(cls, rows: csr_matrix, intents: Sequence[int], regularisation: float, sharpness: float) -> LinearModel:
        """Fit it. ``regularisation`` is the C of the machines: higher fits closer."""
        machines = LinearSVC(C=regularisation, random_state=0).fit(rows, intents)
        return cls(
            np.ascontiguousarray(_both_sides(machines.coef_).T, dtype=np.float32),
            _both_sides(machines.intercept_).astype(np.float32),
            sharpness,
        )

    def confidences(self, row: Row) -> Floats:
        """One for each intent; they sum to one."""
        scores = row.values @ self.matrix[row.columns] + self.intercepts
        return softmax(self.sharpness * scores)

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        np.savez(folder / _FILE, matrix=self.matrix, intercepts=self.intercepts, sharpness=self.sharpness)

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """The model that ``save`` wrote into the folder."""
        with np.load(folder / _FILE) as arrays:
            return cls(arrays["matrix"], arrays["intercepts"], float(arrays["sharpness"]))


def _both_sides(side: NDArray[np.float64]) -> NDArray[np.float64]:
    # Of two intents scikit-learn keeps one machine alone.
    return np.concatenate([-side, side]) if len(side) == 1 else side
