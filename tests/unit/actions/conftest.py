"""Settings of the actions for every test: no service listens, and what is kept goes into the test's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.settings import current_settings
from tests.fakes.conversation import Conversation
from tests.fakes.wallet import FakeWallet


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment the settings are read from, read anew in each test."""
    values = {
        "HOTLINE_SECRETS_FILE": str(tmp_path / "no-secrets.env"),
        "HOTLINE_WALLET_SUPPORT_TOKEN": "w" * 40,
        "HOTLINE_DESK_TOKEN": "d" * 40,
        "HOTLINE_WALLET_URL": "http://127.0.0.1:9",  # the discard port: nobody answers
        "HOTLINE_DESK_URL": "http://127.0.0.1:9",
        "HOTLINE_OUTBOX_FOLDER": str(tmp_path / "outbox"),
        "HOTLINE_TIME_ZONE": "Asia/Shanghai",
        "HOTLINE_DATA_FOLDER": "data",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    current_settings.cache_clear()
    yield
    current_settings.cache_clear()


@pytest.fixture
def wallet() -> FakeWallet:
    return FakeWallet()


@pytest.fixture
def conversation() -> Conversation:
    """A proven user who writes Chinese."""
    return Conversation()


@pytest.fixture
def guest() -> Conversation:
    return Conversation(user_id=None)
