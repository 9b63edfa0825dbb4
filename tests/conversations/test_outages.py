"""Dialogues in which the wallet or the desk goes away, and comes back whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.dialogue import Dialogue, load_dialogues
from tests.conversations.player import Player, fresh_user
from tests.stack.processes import Stack

_DIALOGUES = [*load_dialogues("zh", outages=True), *load_dialogues("en", outages=True)]


@pytest.fixture
def whole_stack_afterwards(stack: Stack) -> Iterator[Stack]:
    yield stack
    for name in stack.services:
        stack.start(name)


@pytest.mark.conversation
@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda dialogue: dialogue.id)
def test_the_dialogue_goes_as_written(whole_stack_afterwards: Stack, dialogue: Dialogue) -> None:
    user = fresh_user(whole_stack_afterwards, dialogue.scenario) if dialogue.scenario else None
    player = Player(whole_stack_afterwards, dialogue, user)
    for turn in dialogue.turns:
        player.play(turn)
