"""The record on each kind of database, and desks that open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.desk.conversations import Conversations
from tests.integration.desk.review.talk import Record

OpenDesk = Callable[[], Conversations]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/conversations.sqlite"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    """The bot's side."""
    record = Record(url)
    yield record
    record.close()


@pytest.fixture
def open_desk(url: str, record: Record) -> Iterator[OpenDesk]:
    """Open the store as a desk does."""
    opened: list[Conversations] = []

    def make() -> Conversations:
        opened.append(Conversations(url))
        return opened[-1]

    yield make
    for conversations in opened:
        conversations.close()


@pytest.fixture
def conversations(open_desk: OpenDesk) -> Conversations:
    """The store as the desk has it."""
    return open_desk()
