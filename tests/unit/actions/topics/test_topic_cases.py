"""How a case stands, told to those whose it is, with the desk away and there."""

from __future__ import annotations

from typing import Any

import pytest

from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.cases import ActionCheckCase
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.desk_server import QUEUED, DeskServer
from tests.unit.actions.topics.conftest import Run

NUMBER = "WH-7K3M-Q9TD"
RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()


def case(number: str = NUMBER, **changes: Any) -> dict[str, Any]:
    """A case of this conversation as the desk tells it."""
    times = {"due_at": "2026-03-13T03:10:00Z", "created_at": "2026-03-12T03:10:00Z"}
    rest = {"topic": None, "user_id": "chen", "conversation_id": "conversation-1", "state": "open"}
    return {"number": number, **rest, **times, **changes}


@pytest.mark.parametrize("state", ["open", "in_progress", "resolved"])
async def test_how_the_kept_case_stands_is_told(
    run: Run, conversation: Conversation, desk: DeskServer, state: str
) -> None:
    desk.cases = {NUMBER: case(state=state)}
    conversation.hand_off("case")
    conversation.user_says("进度", intent="check_case")
    await run(ActionCheckCase(), conversation)

    assert conversation.said == [f"utter_case_{state}"]


@pytest.mark.parametrize("state", ["returned", "resolved", "cancelled", None])
async def test_without_a_kept_case_the_newest_one_is_told(
    run: Run, conversation: Conversation, desk: DeskServer, state: str | None
) -> None:
    desk.cases = {"WH-0000-0001": case("WH-0000-0001")}
    if state:
        conversation.hand_off(state)
    conversation.user_says("进度", intent="check_case")
    await run(ActionCheckCase(), conversation)

    assert conversation.values("utter_case_open")["number"] == "WH-0000-0001"


@pytest.mark.parametrize(
    ("owner", "conversation_id", "asks", "said"),
    [
        ("chen", "another", "chen", "utter_case_open"),
        ("li", "another", "chen", "utter_case_none"),
        ("chen", "another", None, "utter_case_none"),
        (None, "another", None, "utter_case_none"),
        (None, "conversation-1", None, "utter_case_open"),
    ],
    ids=["own from elsewhere", "somebody else's", "a guest's guess", "another guest's", "this conversation's"],
)
async def test_a_case_is_told_to_those_whose_it_is(
    run: Run, desk: DeskServer, owner: str | None, conversation_id: str, asks: str | None, said: str
) -> None:
    desk.cases = {NUMBER: case(user_id=owner, conversation_id=conversation_id)}
    conversation = Conversation(user_id=asks)
    conversation.user_says(NUMBER, intent="check_case", case_number=NUMBER)
    await run(ActionCheckCase(), conversation)

    assert conversation.said == [said]


async def test_who_waits_in_the_queue_hears_his_place_and_the_walkthrough_goes_on(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.standings = {NUMBER: {**QUEUED, "position": 1}}
    conversation.slots["walkthrough"] = RUNNING
    conversation.hand_off("queued", change="queue", position=4, wait=[3, 8])
    conversation.user_says("进度", intent="check_case")
    events = await run(ActionCheckCase(), conversation)

    assert conversation.values("utter_handoff_queued")["position"] == "1"
    assert [event["name"] for event in events] == ["handoff"]
    assert conversation.slots["walkthrough"] == RUNNING


async def test_a_request_that_the_desk_does_not_have_yet_is_waiting(run: Run, conversation: Conversation) -> None:
    conversation.hand_off("requested", change="request")
    conversation.user_says("进度", intent="check_case")

    assert await run(ActionCheckCase(), conversation) == []
    assert conversation.said == ["utter_handoff_waiting"]


async def test_who_waits_may_ask_about_another_case(run: Run, conversation: Conversation, desk: DeskServer) -> None:
    desk.cases = {"WH-0000-0001": case("WH-0000-0001", state="in_progress")}
    conversation.hand_off("queued", change="queue", position=4)
    conversation.user_says("WH-0000-0001", intent="check_case", case_number="WH-0000-0001")
    await run(ActionCheckCase(), conversation)

    assert conversation.said == ["utter_case_in_progress"]


@pytest.mark.parametrize(("state", "said"), [("case", "utter_case_desk_away_kept"), (None, "utter_case_desk_away")])
async def test_a_desk_that_is_away_is_said(run: Run, conversation: Conversation, state: str | None, said: str) -> None:
    if state:
        conversation.hand_off(state)
    conversation.user_says("进度", intent="check_case")
    await run(ActionCheckCase(), conversation)

    assert conversation.said == [said]
