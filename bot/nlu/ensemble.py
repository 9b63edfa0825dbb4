"""The classifier: a linear model and a network look at the same row, and the mean of both is the confidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.features import Features
from bot.nlu.linear_model import Floats, LinearModel
from bot.nlu.network import Network
from bot.nlu.network_training import train_network

_INTENTS_FILE = "intents.json"


@dataclass(frozen=True)
class Ensemble:
    """Everything a trained classifier needs, without scikit-learn and TensorFlow."""

    intents: list[str]
    features: Features
    linear: LinearModel
    network: Network

    @classmethod
    def train(
        cls, texts: Sequence[str], intents: Sequence[str], *, regularisation: float, sharpness: float, epochs: int
    ) -> Ensemble:
        """Learn which of the normalised texts belongs to which intent."""
        names = sorted(set(intents))
        numbers = [names.index(intent) for intent in intents]
        features, rows = Features.learn(texts)
        linear = LinearModel.train(rows, numbers, regularisation, sharpness)
        return cls(names, features, linear, train_network(rows, numbers, epochs))

    def confidences(self, text: str) -> Floats:
        """One for each intent, for a normalised text; they sum to one."""
        row = self.features.row(text)
        mean: Floats = np.add(self.linear.confidences(row), self.network.confidences(row)) / 2
        return mean

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        (folder / _INTENTS_FILE).write_text(json.dumps(self.intents), encoding="utf-8")
        for part in (self.features, self.linear, self.network):
            part.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Ensemble:
        """The classifier that ``save`` wrote into the folder."""
        intents = json.loads((folder / _INTENTS_FILE).read_text(encoding="utf-8"))
        return cls(intents, Features.load(folder), LinearModel.load(folder), Network.load(folder))
