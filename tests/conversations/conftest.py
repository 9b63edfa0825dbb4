"""Who talks to the running product."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.player import fresh_user
from tests.stack.processes import Stack
from tests.stack.switchboard import Connection, Switchboard
from tests.stack.switchboard import switchboard as started_switchboard
from tests.stack.wallet_app import WalletUser
from tests.stack.widget import WidgetConversation


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def switchboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switchboard]:
    """A bot whose desk the tests play, started once and ended at the end."""
    with started_switchboard(tmp_path_factory.mktemp("switchboard") / "var") as started:
        yield started


@pytest.fixture
def connection(switchboard: Switchboard, language: str) -> Connection:
    """A guest in the queue, in each language."""
    return switchboard.connect(language)


@pytest.fixture
def waiting(switchboard: Switchboard) -> Connection:
    """A guest in the queue, where the language does not matter."""
    return switchboard.connect()


@pytest.fixture
def visitor(stack: Stack) -> WidgetConversation:
    """A guest with the widget."""
    return WidgetConversation(stack.url("bot"))


@pytest.fixture
def chen(stack: Stack) -> WalletUser:
    """A user of the test's own with a payment over his daily limit."""
    return fresh_user(stack, "chen")
