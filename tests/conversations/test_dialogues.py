"""Every dialogue of zh/ and en/ but those in which a process goes away."""

from __future__ import annotations

import pytest

from tests.conversations.dialogue import Dialogue, load_dialogues
from tests.conversations.player import Player
from tests.stack.processes import Stack

_DIALOGUES = [dialogue for dialogue in load_dialogues() if "/outages/" not in dialogue.id]


@pytest.mark.conversation
@pytest.mark.parametrize("dialogue", _DIALOGUES, ids=lambda dialogue: dialogue.id)
def test_the_dialogue_goes_as_written(stack: Stack, dialogue: Dialogue) -> None:
    player = Player(stack, dialogue)
    for turn in dialogue.turns:
        player.play(turn)
