"""Which model fits the data: a file named by a hash of all it is trained from."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from bot.nlu.weights import weights_files, weights_folder

CONFIG_FILE, DOMAIN_FILE, DATA_FOLDER = "config.yml", "domain.yml", "data"
# Words are read when they are spoken and components when they are loaded, but a component that reads a text
# in another way makes the trained model a wrong one.
_SOURCES = (
    DOMAIN_FILE,
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/responses",
    "bot/nlu",
    "requirements.lock",
)
_HASH_LENGTH = 12
_PIECE = 1 << 20  # bytes: weights may not fit into memory twice


class DamagedModel(Exception):
    """A model file that is no archive with a model in it."""


def sources(root: Path, config: Path = Path(CONFIG_FILE)) -> list[Path]:
    """Every file a model depends on, in a fixed order: with a language model, its weights too."""
    paths: Iterable[Path] = (root / source for source in (config, *_SOURCES))
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*")))
    found = sorted(file for file in files if file.is_file() and file.suffix in (".yml", ".py", ".lock"))
    weights = weights_folder(root / config)
    return found + (weights_files(root / weights) if weights else [])


def fingerprint(root: Path, config: Path = Path(CONFIG_FILE)) -> str:
    """A short hash of names and contents of the sources."""
    digest = hashlib.sha256()
    for file in sources(root, config):
        name = file.relative_to(root) if file.is_relative_to(root) else file
        digest.update(name.as_posix().encode() + b"\0")
        with file.open("rb") as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
        digest.update(b"\0")
    return digest.hexdigest()[:_HASH_LENGTH]


def model_path(root: Path, models: Path, config: Path = Path(CONFIG_FILE)) -> Path:
    """Where the model of the present data and of that configuration is, or will be."""
    return models / f"hotline-{fingerprint(root, config)}.tar.gz"


def check_model(path: Path) -> None:
    """Raises DamagedModel unless the file can be read to its end and holds a model."""
    try:
        # tarfile skips what the members hold; only a reading to the end meets the checksum.
        with gzip.open(path) as archive, Path(os.devnull).open("wb") as nowhere:
            shutil.copyfileobj(archive, nowhere)
        with tarfile.open(path, "r:gz") as members:
            names = members.getnames()
    except (tarfile.TarError, OSError, EOFError, zlib.error) as error:
        raise DamagedModel(f"{path} is damaged ({error})") from error
    if "metadata.json" not in {Path(name).name for name in names}:
        raise DamagedModel(f"{path} holds no model")
