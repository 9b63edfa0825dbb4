"""Changes of several text files that are made together, each file at once, and can be taken back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_UNFINISHED = ".part"


class KeptFiles:
    """The files as they were, None where there was none, for when a change has to be taken back."""

    def __init__(self) -> None:
        self._before: dict[Path, bytes | None] = {}

    def write(self, contents: Mapping[Path, str]) -> None:
        """Write these files; those before them are kept. A file appears whole or not at all."""
        for path, content in contents.items():
            self._before.setdefault(path, path.read_bytes() if path.exists() else None)
            _replace(path, content.encode("utf-8"))

    def put_back(self) -> None:
        """Make every file what it was."""
        for path, content in self._before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                _replace(path, content)
        self._before.clear()


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + _UNFINISHED)
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        unfinished.chmod(path.stat().st_mode)
    unfinished.replace(path)
