"""Trains the model of the present data."""

from __future__ import annotations

import os
from pathlib import Path

import rasa
from rasa.shared.exceptions import RasaException

from bot.training.model import DATA_FOLDER, DOMAIN_FILE


def train(path: Path, config: Path) -> None:
    """Train into ``path``. The file appears whole or not at all. Raises SystemExit with one line when it fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = f"{path.name.removesuffix('.tar.gz')}-unfinished"
    try:
        # The cache of finished graph nodes would need as much disk as the model and saves nothing here.
        os.environ.setdefault("RASA_MAX_CACHE_SIZE", "0")
        result = rasa.train(
            DOMAIN_FILE, str(config), [DATA_FOLDER], str(path.parent), force_training=True, fixed_model_name=unfinished
        )
    except RasaException as error:
        raise SystemExit(f"training failed: {error}") from error
    if not result.model:
        raise SystemExit("training failed: Rasa made no model")
    Path(result.model).replace(path)
