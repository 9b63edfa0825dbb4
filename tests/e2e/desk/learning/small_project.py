"""A copy of the project with few utterances, so that its model is trained in seconds, and its processes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack.processes import Stack

_LINKED = ("bot", "actions", "wallet", "node_modules")
_COPIED = ("domain.yml", "endpoints.yml", "credentials.yml", "requirements.lock")
_LANGUAGE = "en"
_HEAD, _EXAMPLES = 4, 12  # lines of a file
_FEW_ROUNDS = "    regularisation: 0.3\n"
_MANY_ROUNDS = "    regularisation: 10.0\n    epochs: 60\n"


@contextmanager
def small_project(folder: Path) -> Iterator[Stack]:
    """Its bot and desk, not started; commands run in the copy for as long as the block lasts."""
    project, here = folder / "project", Path.cwd()
    _copy(here, project)
    os.chdir(project)
    try:
        stack = Stack(project / "var")
        stack.logs.mkdir(parents=True)
        yield stack
        stack.stop_all()
    finally:
        os.chdir(here)


def _copy(root: Path, project: Path) -> None:
    project.mkdir()
    for name in _LINKED:
        (project / name).symlink_to(root / name)
    for name in _COPIED:
        shutil.copy(root / name, project)
    # Of so few lines each must be seen more often until the model is sure of it.
    config = (root / "config.yml").read_text(encoding="utf-8")
    assert _FEW_ROUNDS in config
    (project / "config.yml").write_text(config.replace(_FEW_ROUNDS, _MANY_ROUNDS), encoding="utf-8")
    shutil.copytree(root / "data", project / "data", ignore=shutil.ignore_patterns("nlu"))
    (project / "data/nlu" / _LANGUAGE).mkdir(parents=True)
    for path in (root / "data/nlu" / _LANGUAGE).glob("*.yml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[: _HEAD + _EXAMPLES]
        (project / "data/nlu" / _LANGUAGE / path.name).write_text("".join(lines), encoding="utf-8")
