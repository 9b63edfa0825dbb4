"""A wallet without bot and desk: what its page does of itself needs neither, and starts in a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.fake_channel import fake_channel
from tests.stack.processes import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The wallet alone; the widget of its page comes from a channel nobody answers on."""
    with fake_channel() as channel:
        alone = Stack(tmp_path_factory.mktemp("wallet") / "var")
        alone.settings["HOTLINE_BOT_URL"] = channel.url
        alone.logs.mkdir(parents=True)
        try:
            alone.start("wallet")
            alone.run("wallet", "seed")
            yield alone
        finally:
            alone.stop_all()
