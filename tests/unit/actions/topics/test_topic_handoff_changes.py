"""What the desk's changes say, and a session that begins while a person serves."""

from __future__ import annotations

from typing import Any

import pytest

import actions.topics.payment  # noqa: F401 - registers its walkthrough
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.dialogue import ActionRepeat
from actions.topics.handoff import ActionStartSession, ActionTellHandoff
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()


def stands(conversation: Conversation, state: str, change: str, **more: Any) -> None:
    """What the desk has changed, before the action tells it."""
    conversation.hand_off(state, change=change, agent="李雷", **more)


async def test_a_claim_ends_the_walkthrough_and_keeps_what_was_gathered(run: Run, conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = RUNNING
    stands(conversation, "claimed", "claim")
    events = await run(ActionTellHandoff(), conversation)

    assert conversation.said == ["utter_handoff_claim"]
    assert {"event": "active_loop", "name": None} in events
    assert (conversation.slots["walkthrough"], conversation.slots["episode"]["walkthrough"]) == (None, RUNNING)


async def test_a_claim_without_a_walkthrough_changes_nothing_else(run: Run, conversation: Conversation) -> None:
    stands(conversation, "claimed", "claim")

    assert await run(ActionTellHandoff(), conversation) == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_after_a_return_the_bot_goes_on_with_what_the_person_said(run: Run, language: str) -> None:
    conversation = Conversation(language=language)
    conversation.user_says("人工", intent="request_human")
    conversation.events.append({"event": "slot", "name": "handoff", "value": {"change": "request"}})
    conversation.person_says("第一句")
    conversation.person_says("额度明天恢复")
    stands(conversation, "returned", "return", topic="payment_failure", answered=True)
    await run(ActionTellHandoff(), conversation)

    expected = ["utter_handoff_return", "utter_person_said", "utter_go_on_with", "utter_ask_rating_person"]
    assert conversation.said == expected
    assert conversation.values("utter_person_said")["words"] == "额度明天恢复"
    assert conversation.values("utter_go_on_with")["buttons"][0]["payload"] == "/payment_failure"


async def test_after_a_return_without_a_word_nobody_is_quoted_or_rated(run: Run, conversation: Conversation) -> None:
    conversation.user_says("人工", intent="request_human")
    stands(conversation, "returned", "return", topic=None)
    await run(ActionTellHandoff(), conversation)

    assert conversation.said == ["utter_handoff_return", "utter_what_else"]


async def test_a_person_of_an_earlier_hand_off_is_not_quoted(run: Run, conversation: Conversation) -> None:
    conversation.user_says("人工", intent="request_human")
    conversation.person_says("昨天的话")
    conversation.events.append({"event": "slot", "name": "handoff", "value": {"change": "request"}})
    stands(conversation, "resolved", "resolve")
    await run(ActionTellHandoff(), conversation)

    assert conversation.said == ["utter_handoff_resolve"]


async def test_after_the_end_of_a_service_the_person_can_be_rated(run: Run, conversation: Conversation) -> None:
    conversation.user_says("人工", intent="request_human")
    stands(conversation, "resolved", "resolve", answered=True)
    await run(ActionTellHandoff(), conversation)

    assert conversation.said == ["utter_handoff_resolve", "utter_ask_rating_person"]
    assert conversation.payloads()[4] == '/rate_service{"stars": "5", "rates": "person"}'


@pytest.mark.parametrize("change", ["return", "resolve"])
async def test_a_person_without_a_name_is_a_colleague(run: Run, conversation: Conversation, change: str) -> None:
    conversation.user_says("人工", intent="request_human")
    conversation.hand_off("returned" if change == "return" else "resolved", change=change, answered=True)
    await run(ActionTellHandoff(), conversation)

    assert conversation.values("utter_ask_rating_person")["agent"] == "同事"


async def test_without_a_hand_off_there_is_nothing_to_tell(run: Run, conversation: Conversation) -> None:
    assert await run(ActionTellHandoff(), conversation) == []
    assert conversation.dispatcher.messages == []


async def test_what_the_person_said_can_be_heard_again_after_the_return(run: Run, conversation: Conversation) -> None:
    conversation.user_says("你好")
    conversation.person_says("请明天再试")
    conversation.bot_says("utter_handoff_return", "已交还给我")
    conversation.user_says("再说一遍", intent="repeat")
    await run(ActionRepeat(), conversation)

    assert conversation.said == ["utter_person_said"]
    assert (conversation.values("utter_person_said")["words"], conversation.values("utter_person_said")["agent"]) == (
        "请明天再试",
        "李雷",
    )


@pytest.mark.parametrize("is_paused", [True, False])
async def test_a_new_session_keeps_language_hand_off_and_silence_and_nothing_else(
    run: Run, conversation: Conversation, is_paused: bool
) -> None:
    conversation.is_paused = is_paused
    conversation.hand_off("active", agent="李雷")
    conversation.slots |= {"language": "en", "walkthrough": RUNNING, "episode": {"outcome": "waiting"}}
    events = await run(ActionStartSession(), conversation)

    kept = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert (events[0], events[-1]) == ({"event": "session_started"}, {"event": "action", "name": "action_listen"})
    assert kept == {"language": "en", "handoff": conversation.slots["handoff"]}
    assert ({"event": "pause"} in events) is is_paused


async def test_the_first_session_keeps_the_language_alone(run: Run, conversation: Conversation) -> None:
    events = await run(ActionStartSession(), conversation)

    assert [event["event"] for event in events] == ["session_started", "slot", "action"]
