"""A wallet as a process of its own, to be killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.wallet.wallet_process import WalletProcess
from wallet.settings import Settings


@pytest.fixture
def victim(settings: Settings, tmp_path: Path) -> Iterator[WalletProcess]:
    """Not yet started; with the secrets of the test's own wallet, which opens its users."""
    victim = WalletProcess(settings.database_url, tmp_path)
    victim.environment |= {
        "HOTLINE_WALLET_TOKEN_SECRET": settings.token_secret,
        "HOTLINE_WALLET_ATTEMPTS_PER_ADDRESS": "100000",
        "HOTLINE_WALLET_ATTEMPTS_PER_ACCOUNT": "100000",
        "HOTLINE_WALLET_CALLS_PER_USER": "1000000",
    }
    yield victim
    victim.kill()
