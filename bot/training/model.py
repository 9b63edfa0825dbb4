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

CONFIG_FILE, DOMAIN_FILE, DATA_FOLDER = "config.yml", "domain.yml", "data"
# Words are read when they are spoken and components when they are loaded, but a component that reads a text
# in another way makes the trained model a wrong one.
_SOURCES = (
    CONFIG_FILE,
    DOMAIN_FILE,
    "data/nlu",
    "data/rules",
    "data/stories",
    "data/responses",
    "bot/nlu",
    "requirements.lock",
)
_HASH_LENGTH = 12


class DamagedModel(Exception):
    """A model file that is no archive with a model in it."""


def sources(root: Path) -> list[Path]:
    """Every file a model depends on, in a fixed order."""
    paths: Iterable[Path] = (root / source for source in _SOURCES)
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*")))
    return sorted(file for file in files if file.is_file() and file.suffix in (".yml", ".py", ".lock"))


def fingerprint(root: Path) -> str:
    """A short hash of names and contents of the sources."""
    digest = hashlib.sha256()
    for file in sources(root):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:_HASH_LENGTH]


def model_path(root: Path, models: Path) -> Path:
    """Where the model of the present data is, or will be."""
    return models / f"hotline-{fingerprint(root)}.tar.gz"


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
