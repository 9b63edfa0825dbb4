"""Models of the stock pipeline: of all the data, or a small stand-in for a quick look."""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bot.training.model import DATA_FOLDER, DOMAIN_FILE, sources
from tests.benchmarks.systems import STOCK_FOLDER
from tests.benchmarks.trained_model import FOLDER, TrainedModel, known, name_of, train

EPOCHS = 100  # what Rasa proposes
# An epoch of DIET takes two minutes on all the data and changes nothing in what a turn costs; four teach it enough.
BENCHMARK_EPOCHS = 4
STAND_IN_EPOCHS = 8
STAND_IN_EXAMPLES = 12  # the first of each file
_SLICE_FOLDER = Path("var/bench/slice")
_CLASSIFIER = "DIETClassifier"
_HASH_LENGTH = 12
# What our model is trained from and stock is not: our pipeline. The two pattern components of stock learn nothing.
_NOT_OF_STOCK = ("config.yml", "bot/")


def stock_model(root: Path, epochs: int) -> TrainedModel:
    """The stock model of the present data, trained unless it is there."""
    return known(_path(root, "stock", epochs)) or _train(_path(root, "stock", epochs), epochs, Path(DATA_FOLDER))


def is_there(root: Path, epochs: int) -> bool:
    """Whether the stock model of the present data has been trained."""
    return known(_path(root, "stock", epochs)) is not None


def stand_in(root: Path) -> TrainedModel:
    """A model of the same pipeline with few epochs on a thin slice of the examples."""
    path = _path(root, "stand-in", STAND_IN_EPOCHS)
    model = known(path) or _train(path, STAND_IN_EPOCHS, _slice(root / DATA_FOLDER, _SLICE_FOLDER))
    return replace(model, is_stand_in=True)


def config_with(epochs: int, config: str) -> str:
    """The configuration with other epochs for the classifier; nothing else of it has anything to learn here."""
    content: dict[str, Any] = yaml.safe_load(config)
    for component in content["pipeline"]:
        if component["name"] == _CLASSIFIER:
            component["epochs"] = epochs
    return yaml.safe_dump(content, sort_keys=False)


def fingerprint(root: Path, epochs: int) -> str:
    """A short hash of all that a stock model is trained from."""
    digest = hashlib.sha256(_config(root, epochs).encode())
    for file in sources(root):
        name = file.relative_to(root).as_posix()
        if not name.startswith(_NOT_OF_STOCK):
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_HASH_LENGTH]


def thin(nlu: str, count: int) -> str:
    """A file of examples with the first of them only."""
    content = yaml.safe_load(nlu)
    for entry in content["nlu"]:
        entry["examples"] = "\n".join(entry["examples"].splitlines()[:count]) + "\n"
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def _path(root: Path, name: str, epochs: int) -> Path:
    return FOLDER / f"{name}-{epochs}-epochs-{fingerprint(root, epochs)}.tar.gz"


def _config(root: Path, epochs: int) -> str:
    return config_with(epochs, (root / STOCK_FOLDER / "config.yml").read_text(encoding="utf-8"))


def _slice(data: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data, folder)
    for file in folder.glob("nlu/*/*.yml"):
        file.write_text(thin(file.read_text(encoding="utf-8"), STAND_IN_EXAMPLES), encoding="utf-8")
    return folder


def _train(path: Path, epochs: int, data: Path) -> TrainedModel:
    path.parent.mkdir(parents=True, exist_ok=True)
    config = path.with_name(f"{name_of(path)}.yml")
    config.write_text(_config(Path.cwd(), epochs), encoding="utf-8")
    files = ["--config", str(config), "--domain", DOMAIN_FILE, "--data", str(data), "--out", str(path.parent)]
    # Ours checks nothing of the stories either; --force because a benchmark trains when it says so.
    command = [sys.executable, "-m", "rasa", "train", *files, "--fixed-model-name", name_of(path), "--force"]
    return train(path, [*command, "--skip-validation"], {})
