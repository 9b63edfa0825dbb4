"""Our model, by the command that ``make run`` trains it with."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.training.model import model_path
from tests.benchmarks.trained_model import FOLDER, TrainedModel, known, train

_PRODUCT_FOLDER = Path("models")


def own_model(root: Path, measured: bool) -> TrainedModel:
    """Our model of the present data. Unless its training has to be measured, the one of the product does."""
    path = model_path(root, FOLDER)
    found = known(path)
    if found or measured:
        return found or _train(path)
    of_product = model_path(root, _PRODUCT_FOLDER)
    return TrainedModel(of_product, None) if of_product.exists() else _train(path)


def _train(path: Path) -> TrainedModel:
    command = [sys.executable, "-m", "bot", "train", "--force"]
    return train(path, command, {"HOTLINE_MODELS_FOLDER": str(path.parent)})
