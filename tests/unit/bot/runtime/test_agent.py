"""A bot whose conversations cannot be kept does not start, and says why in one line without a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.agent import open_store

OURS = "bot.store.tracker_store.ConversationStore"


def endpoints(url: str) -> AvailableEndpoints:
    return AvailableEndpoints(tracker_store=EndpointConfig(url=url, type=OURS))


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("mysql://bot:geheim@host/hotline", "no address"),
        ("bot:geheim@host", "no address"),
        ("postgresql://bot:geheim@127.0.0.1:1/hotline", "cannot be opened"),
        ("sqlite:////proc/geheim-not-there/x.sqlite", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_in_one_line(url: str, line: str) -> None:
    with pytest.raises(SystemExit) as raised:
        open_store(endpoints(url))
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "bot:geheim" not in str(raised.value)


def test_a_bot_without_a_store_of_ours_is_refused() -> None:
    with pytest.raises(SystemExit, match="must name"):
        open_store(AvailableEndpoints())


def test_the_store_that_is_named_is_opened(tmp_path: Path) -> None:
    store = open_store(endpoints(f"sqlite:///{tmp_path}/conversations.sqlite"))
    store.close()
    assert (tmp_path / "conversations.sqlite").exists()
