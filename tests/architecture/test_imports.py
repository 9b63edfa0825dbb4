"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

TOP_LEVEL = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
_DESK_CONTRACT = re.compile(r'source_modules = \["bot\.desk"\]\nforbidden_modules = \[(.*?)\]', re.DOTALL)


def test_every_import_keeps_the_contracts() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


_FOR_THE_DESK = ("bearer", "handoff", "privacy", "served_file", "store", "telemetry", "utterances")


def test_the_contract_of_the_desk_names_all_the_rest_of_the_bot() -> None:
    found = _DESK_CONTRACT.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert found
    parts = {path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert set(re.findall(r'"bot\.(\w+)"', found[1])) == parts - {"__init__", "desk", *_FOR_THE_DESK}


@pytest.mark.parametrize("package", ["actions", "bot"])
def test_no_sub_package_bears_the_name_of_a_top_level_package(package: str) -> None:
    sub_packages = {path.parent.name for path in (ROOT / package).glob("*/**/__init__.py")}
    assert sub_packages
    assert sub_packages & TOP_LEVEL == set()
