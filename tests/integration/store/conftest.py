"""An empty database of each kind for every test, and stores on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.tracker_store import ConversationStore
from tests.unit.bot.store.talk import domain

OpenStore = Callable[[], ConversationStore]
OpenDatabase = Callable[[], Database]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path}/var/conversations.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    named = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(named))


@pytest.fixture
def open_store(url: str) -> Iterator[OpenStore]:
    """Open a store, as each worker has its own; all are closed at the end."""
    opened: list[ConversationStore] = []

    def make(**named: int) -> ConversationStore:
        opened.append(ConversationStore(domain(), host=url, **named))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> ConversationStore:
    """A store on the database."""
    return open_store()


@pytest.fixture
def database(store: ConversationStore) -> Database:
    """The migrated database, as a process without Rasa opens it."""
    return store.database
