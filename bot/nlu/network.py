"""The other opinion of the intent: a network with one hidden layer, as plain arrays; it sees terms together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.nlu.features import Row
from bot.nlu.linear_model import Floats, softmax

_FILE = "network.npz"


@dataclass(frozen=True)
class Network:
    """``places`` leads from a column of the features to a row of ``inner``, or to -1 where the network ignores it."""

    places: NDArray[np.int32]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def confidences(self, row: Row) -> Floats:
        """One for each intent; they sum to one."""
        places = self.places[row.columns]
        seen = places >= 0
        hidden = np.maximum(row.values[seen] @ self.inner[places[seen]] + self.inner_bias, 0)
        return softmax(hidden @ self.outer + self.outer_bias)

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        np.savez(folder / _FILE, **vars(self))

    @classmethod
    def load(cls, folder: Path) -> Network:
        """The network that ``save`` wrote into the folder."""
        with np.load(folder / _FILE) as arrays:
            return cls(**arrays)
