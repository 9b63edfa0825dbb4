"""A secret that was typed is warned of once, whatever else the message says."""

from __future__ import annotations

import pytest

from actions.topics.arrival import ActionReceiveMessage
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run


def typed(conversation: Conversation, *kinds: str) -> Conversation:
    """A message out of which the channel has cut secrets."""
    conversation.user_says("密码是••••", intent="login_failure")
    conversation.events[-1]["metadata"]["secrets"] = list(kinds)
    return conversation


@pytest.mark.parametrize("kind", ["password", "code", "card", "id_number"])
async def test_each_kind_has_a_warning(run: Run, conversation: Conversation, kind: str) -> None:
    assert await run(ActionReceiveMessage(), typed(conversation, kind)) == []
    assert conversation.said == [f"utter_secret_{kind}"]


async def test_of_several_the_worst_is_warned_of(run: Run, conversation: Conversation) -> None:
    await run(ActionReceiveMessage(), typed(conversation, "card", "password"))
    assert conversation.said == ["utter_secret_password"]


async def test_where_nothing_was_cut_out_nothing_is_said(run: Run, conversation: Conversation) -> None:
    conversation.user_says("登录不了", intent="login_failure")
    assert await run(ActionReceiveMessage(), conversation) == []
    assert conversation.said == []


async def test_a_warning_is_not_said_again_at_the_next_message(run: Run, conversation: Conversation) -> None:
    typed(conversation, "card").user_says("谢谢", intent="thank")
    await run(ActionReceiveMessage(), conversation)
    assert conversation.said == []
