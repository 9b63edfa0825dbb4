"""Who talks to the running product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conversations.dialogue import Dialogue
from tests.conversations.player import Player, fresh_user
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


@pytest.fixture(scope="module")
def play(stack: Stack, request: pytest.FixtureRequest) -> Iterator[Callable[[Dialogue], None]]:
    """Plays a dialogue of the module. The wallet makes their users one after another meanwhile."""
    dialogues: list[Dialogue] = [
        item.callspec.params["dialogue"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path == request.path and hasattr(item, "callspec")
    ]
    with ThreadPoolExecutor(1) as maker:
        users = {each.id: maker.submit(fresh_user, stack, each.scenario) for each in dialogues if each.scenario}

        def play(dialogue: Dialogue) -> None:
            player = Player(stack, dialogue, users[dialogue.id].result() if dialogue.scenario else None)
            for turn in dialogue.turns:
                player.play(turn)

        yield play
        maker.shutdown(cancel_futures=True)
