"""The folder of a language model, as Hugging Face's transformers saves one. Needs neither Rasa nor TensorFlow."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import yaml

PACKAGE = "transformers"
_CONFIG_FILE = "config.json"
# Weights that PyTorch pickled (pytorch_model.bin) cannot be read without PyTorch.
_WEIGHTS = ("*.safetensors", "tf_model*.h5")
_OTHERS = ("*.json", "*.txt", "*.model")  # the shape of the model and its vocabulary


class Unusable(Exception):
    """There is no language model where one is named, or not the package to read it."""


def weights_folder(config_file: Path) -> Path | None:
    """The folder that a component of the pipeline names as ``model_weights``; None for a pipeline without one."""
    config = yaml.safe_load(config_file.read_text(encoding="utf-8"))
    pipeline = config.get("pipeline") if isinstance(config, dict) else None
    parts = [part for part in pipeline or [] if isinstance(part, dict)]
    return next((Path(part["model_weights"]) for part in parts if part.get("model_weights")), None)


def weights_files(folder: Path) -> list[Path]:
    """What is read of the folder, in a fixed order."""
    return sorted(file for pattern in (*_WEIGHTS, *_OTHERS) for file in folder.glob(pattern) if file.is_file())


def check_weights(folder: Path) -> None:
    """Raises Unusable with one line that says what to do."""
    if not (folder / _CONFIG_FILE).is_file() or not any(any(folder.glob(pattern)) for pattern in _WEIGHTS):
        raise Unusable(
            f"{folder} holds no language model: put its {_CONFIG_FILE}, vocab.txt and model.safetensors there, "
            "or name its folder as model_weights"
        )
    if find_spec(PACKAGE) is None:
        raise Unusable(f"a language model needs the package {PACKAGE}, which `make setup` installs")
