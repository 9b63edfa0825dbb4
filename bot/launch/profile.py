"""Which pipeline is trained and served: config.yml, or the file that ``HOTLINE_CONFIG`` names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from bot.nlu.weights import Unusable, check_weights, weights_folder
from bot.training.model import CONFIG_FILE


def chosen_config(environment: Mapping[str, str]) -> Path:
    """Raises SystemExit with one line when it is not there, or the language model that it names."""
    config = Path(environment.get("HOTLINE_CONFIG", CONFIG_FILE))
    if not config.is_file():
        raise SystemExit(f"HOTLINE_CONFIG names no file: {config}")
    try:
        folder = weights_folder(config)
        if folder:
            check_weights(folder)
    except yaml.YAMLError as error:
        raise SystemExit(f"{config} is no YAML: {' '.join(str(error).split())}") from error
    except Unusable as error:
        raise SystemExit(f"{config}: {error}") from error
    return config
