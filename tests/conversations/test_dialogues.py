"""Every dialogue of zh/ and en/ but those in which a process goes away, each with a fresh user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conversations.dialogue import Dialogue, load_dialogues
from tests.conversations.player import Player, fresh_user
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

_DIALOGUES = [dialogue for dialogue in load_dialogues() if "/outages/" not in dialogue.id]

TakeUser = Callable[[Dialogue], "WalletUser | None"]


@pytest.fixture(scope="module")
def take_user(stack: Stack, request: pytest.FixtureRequest) -> Iterator[TakeUser]:
    """The user of a dialogue. The wallet makes them one after another while the bot is being talked to."""
    played: list[Dialogue] = [
        item.callspec.params["dialogue"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path == request.path and hasattr(item, "callspec")
    ]
    with ThreadPoolExecutor(1) as maker:
        users = {
            dialogue.id: maker.submit(fresh_user, stack, dialogue.scenario) for dialogue in played if dialogue.scenario
        }
        yield lambda dialogue: users[dialogue.id].result() if dialogue.scenario else None
        maker.shutdown(cancel_futures=True)


@pytest.mark.conversation
@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda dialogue: dialogue.id)
def test_the_dialogue_goes_as_written(stack: Stack, take_user: TakeUser, dialogue: Dialogue) -> None:
    player = Player(stack, dialogue, take_user(dialogue))
    for turn in dialogue.turns:
        player.play(turn)
