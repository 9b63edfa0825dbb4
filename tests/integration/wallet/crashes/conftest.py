"""A wallet as a process of its own, to be killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.wallet.crashes.victim import Victim
from wallet.settings import Settings


@pytest.fixture
def victim(settings: Settings, tmp_path: Path) -> Victim:
    """Not yet started."""
    return Victim(settings, tmp_path / "log")
