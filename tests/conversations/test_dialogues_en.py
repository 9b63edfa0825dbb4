"""Every English dialogue but those in which a process goes away, each with a fresh user."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conversations.dialogue import Dialogue, load_dialogues


@pytest.mark.conversation
@pytest.mark.parametrize("dialogue", load_dialogues("en"), ids=lambda dialogue: dialogue.id)
def test_the_dialogue_goes_as_written(play: Callable[[Dialogue], None], dialogue: Dialogue) -> None:
    play(dialogue)
