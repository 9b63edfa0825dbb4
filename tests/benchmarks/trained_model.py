"""A model with what its training took, kept beside it so that nothing is trained twice."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.surroundings import QUIET

FOLDER = Path("var/bench/models")
_LOGS = Path("var/bench/training")
_LONGEST_SECONDS = 12 * 3600
_LOG_LINES = 5
# The bar of DIET at its end: "Epochs: 100%|████| 4/4 [09:21<00:00, 140.3s/it, …]".
_EPOCHS = re.compile(r"(\d+)/\1 \[(?:(\d+):)?(\d+):(\d+)<")


@dataclass(frozen=True)
class Training:
    """``seconds`` of the whole command; of them ``epoch_seconds`` in the classifier's ``epochs``, if it has any."""

    seconds: float
    epochs: int = 0
    epoch_seconds: float = 0.0

    def seconds_with(self, epochs: int) -> float:
        """What the training would take with another number of epochs: these reckoned, the rest as measured."""
        if not self.epochs:
            return self.seconds
        return self.seconds - self.epoch_seconds + self.epoch_seconds / self.epochs * epochs


@dataclass(frozen=True)
class TrainedModel:
    """A model's file; ``training`` is None if nobody measured it."""

    path: Path
    training: Training | None
    is_stand_in: bool = False


def known(path: Path) -> TrainedModel | None:
    """The model of a file with the record of its training; None unless both are there."""
    record = _record_of(path)
    if not path.exists() or not record.exists():
        return None
    return TrainedModel(path, Training(**json.loads(record.read_text(encoding="utf-8"))))


def train(path: Path, command: list[str], settings: dict[str, str], logs: Path = _LOGS) -> TrainedModel:
    """Run a command that trains into ``path``, and keep what it took. Raises SystemExit when it fails."""
    logs.mkdir(parents=True, exist_ok=True)
    log_path = logs / f"{name_of(path)}.log"
    # Rasa would keep every finished part of a training, and take a second one from there.
    environment = {**os.environ, **QUIET, "RASA_MAX_CACHE_SIZE": "0", **settings}
    began = time.monotonic()
    with log_path.open("wb") as log:
        done = subprocess.run(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False, timeout=_LONGEST_SECONDS
        )
    seconds = time.monotonic() - began
    text = log_path.read_text(encoding="utf-8", errors="replace")
    if done.returncode or not path.exists():
        raise SystemExit(
            f"training {name_of(path)} failed, see {log_path}:\n" + "\n".join(text.splitlines()[-_LOG_LINES:])
        )
    _remove_older(path)
    training = Training(seconds, *epochs_of(text))
    _record_of(path).write_text(json.dumps(asdict(training)), encoding="utf-8")
    return TrainedModel(path, training)


def epochs_of(log: str) -> tuple[int, float]:
    """How many epochs a training of Rasa's had, and their seconds; none if it shows none."""
    bars = [line for line in re.split(r"[\r\n]", log) if line.startswith("Epochs:")]
    found = _EPOCHS.search(bars[-1]) if bars else None
    if not found:
        return 0, 0.0
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return int(found[1]), float(hours * 3600 + minutes * 60 + seconds)


def name_of(path: Path) -> str:
    """The name of a model's file without its endings."""
    return path.name.removesuffix(".tar.gz")


def _remove_older(path: Path) -> None:
    """A stock model is 400 MB, and nobody asks for one of former data again."""
    kind, _, of_present_data = name_of(path).rpartition("-")
    for file in path.parent.glob(f"{kind}-*"):
        if of_present_data not in file.name:
            file.unlink()


def _record_of(path: Path) -> Path:
    return path.with_name(f"{name_of(path)}.json")
