"""An action that fails says so and gets a person, unless there is one."""

from __future__ import annotations

import pytest

import actions.topics.payment  # noqa: F401 - registers its walkthrough
from actions.dialogue.base_action import HotlineAction
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.desk_server import QUEUED, DeskServer
from tests.unit.actions.topics.conftest import Events, Run

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()


class ActionThatFails(HotlineAction):
    """A mistake of ours."""

    def name(self) -> str:
        return "action_that_fails"

    async def answer(self, turn: Turn) -> Events:
        raise LookupError("a mistake")


async def test_an_action_that_fails_says_so_and_gets_a_person(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.standing = QUEUED
    conversation.user_says("你好")
    await run(ActionThatFails(), conversation)

    assert conversation.said == ["utter_bot_failed", "utter_handoff_queued"]
    assert desk.packets[0]["reason"] == "bot_failure"
    assert conversation.slots["handoff"]["state"] == "queued"


@pytest.mark.parametrize("state", ["requested", "queued", "case"])
async def test_an_action_that_fails_while_the_user_waits_asks_nobody_twice(
    run: Run, conversation: Conversation, desk: DeskServer, state: str
) -> None:
    conversation.hand_off(state)
    conversation.user_says("你好")

    assert await run(ActionThatFails(), conversation) == []
    assert (conversation.said, desk.packets) == (["utter_bot_failed"], [])


@pytest.mark.parametrize("state", ["claimed", "active", "on_hold"])
async def test_an_action_that_fails_while_a_person_serves_is_silent(
    run: Run, conversation: Conversation, desk: DeskServer, state: str
) -> None:
    conversation.hand_off(state)
    conversation.user_says("你好")

    assert await run(ActionThatFails(), conversation) == []
    assert (conversation.dispatcher.messages, desk.packets) == ([], [])


async def test_a_failure_on_the_way_to_a_person_is_still_said(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    without_a_zone = {"cause": "x", "told": "x", "plan": "x", "subject": None, "at": "2026-03-12T03:10:00"}
    conversation.slots["walkthrough"] = {**RUNNING, "findings": [{**without_a_zone, "values": {}}]}
    conversation.user_says("你好")

    assert await run(ActionThatFails(), conversation) == []
    assert conversation.said == ["utter_bot_failed"]
