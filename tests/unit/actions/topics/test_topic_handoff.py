"""A person in one message, and leaving the queue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import actions.topics.payment  # noqa: F401 - registers its walkthrough
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.settings import current_settings
from actions.topics.dialogue import ActionCancel
from actions.topics.handoff import ActionHandOver
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.desk_server import QUEUED, DeskServer
from tests.unit.actions.topics.conftest import Run

NUMBER = "WH-7K3M-Q9TD"

FRAUD = Walkthrough("report_fraud", NOW, Source.GUEST).to_slot()

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()


def outbox() -> list[Path]:
    """What waits for the desk."""
    return list(current_settings().outbox_folder.glob("*.json"))


async def test_while_the_desk_is_away_the_request_is_kept_and_has_a_number(run: Run, guest: Conversation) -> None:
    guest.user_says("人工", intent="request_human")
    await run(ActionHandOver(), guest)
    (kept,) = outbox()

    assert json.loads(kept.read_text(encoding="utf-8"))["number"] == guest.values("utter_handoff_kept")["number"]
    assert guest.slots["handoff"]["state"] == "requested"


async def test_asking_again_while_waiting_gives_the_same_number_and_no_second_hand_off(
    run: Run, guest: Conversation
) -> None:
    guest.user_says("人工", intent="request_human")
    await run(ActionHandOver(), guest)
    number = guest.slots["handoff"]["number"]
    await run(ActionHandOver(), guest)

    assert guest.values("utter_handoff_waiting")["number"] == number
    assert len(outbox()) == 1


async def test_where_somebody_is_on_duty_the_user_gets_a_place(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.standing = QUEUED
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    assert conversation.said == ["utter_handoff_queued"]
    assert [packet["number"] for packet in desk.packets] == [conversation.slots["handoff"]["number"]]
    assert outbox() == []


@pytest.mark.parametrize("episode", [None, {"topic": None, "outcome": "handed_over"}])
async def test_a_case_is_asked_for_again_by_its_number(
    run: Run, conversation: Conversation, desk: DeskServer, episode: dict[str, Any] | None
) -> None:
    conversation.slots["episode"] = episode
    conversation.hand_off("case", change="defer")
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    assert [packet["number"] for packet in desk.packets] == [NUMBER]
    assert conversation.said == ["utter_case_exists"]


@pytest.mark.parametrize("more", [{"walkthrough": RUNNING}, {"episode": {"topic": "x", "outcome": "solved_by_user"}}])
async def test_with_more_to_tell_there_is_a_new_hand_off_beside_the_case(
    run: Run, conversation: Conversation, desk: DeskServer, more: dict[str, Any]
) -> None:
    conversation.slots |= more
    conversation.hand_off("case", change="defer")
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    assert NUMBER not in [packet["number"] for packet in desk.packets]
    assert conversation.said == ["utter_handoff_case_nobody"]


@pytest.mark.parametrize("state", ["returned", "resolved", "rated", "cancelled"])
async def test_after_the_end_of_a_hand_off_there_is_a_new_one(
    run: Run, conversation: Conversation, desk: DeskServer, state: str
) -> None:
    conversation.hand_off(state)
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    (packet,) = desk.packets
    assert packet["number"] == conversation.slots["handoff"]["number"] != NUMBER


async def test_after_a_case_that_was_closed_a_new_hand_off_is_made(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.standings = {NUMBER: {"state": "resolved"}}
    conversation.hand_off("case", change="defer")
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    assert conversation.said == ["utter_handoff_case_nobody"]
    assert conversation.slots["handoff"]["number"] != NUMBER


async def test_a_person_out_of_a_fraud_report_is_urgent_and_ends_the_walkthrough(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = FRAUD
    guest.user_says("人工", intent="request_human")
    events = await run(ActionHandOver(), guest)

    assert json.loads(outbox()[0].read_text(encoding="utf-8"))["reason"] == "fraud"
    assert {"event": "active_loop", "name": None} in events
    assert guest.slots["walkthrough"] is None


async def test_a_request_that_cannot_be_kept_is_not_promised(run: Run, guest: Conversation, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be", encoding="utf-8")
    guest.user_says("人工", intent="request_human")
    await run(ActionHandOver(), guest)

    assert guest.said == ["utter_handoff_failed"]
    assert "handoff" not in guest.slots


async def test_the_queue_is_left_and_the_desk_hears_of_it(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    conversation.hand_off("queued", change="queue", position=2)
    conversation.user_says("不等了", intent="cancel")
    await run(ActionCancel(), conversation)

    assert (conversation.said, desk.cancelled) == (["utter_handoff_cancel"], [NUMBER])
    assert conversation.slots["handoff"]["state"] == "cancelled"


async def test_leaving_the_queue_comes_too_late_once_a_person_has_it(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.has_them = True
    conversation.hand_off("queued", change="queue", position=1)
    conversation.user_says("不等了", intent="cancel")
    await run(ActionCancel(), conversation)

    assert conversation.said == ["utter_handoff_too_late"]
    assert conversation.slots["handoff"]["state"] == "queued"


@pytest.mark.parametrize(
    ("told", "said", "withdrawn"),
    [
        ("utter_handoff_case_nobody", "utter_case_withdrawn", [NUMBER]),
        ("utter_case_exists", "utter_case_withdrawn", [NUMBER]),
        ("utter_welcome", "utter_nothing_to_cancel", []),
    ],
)
async def test_a_case_is_withdrawn_only_where_the_bot_has_just_told_of_it(
    run: Run, conversation: Conversation, desk: DeskServer, told: str, said: str, withdrawn: list[str]
) -> None:
    conversation.hand_off("case", change="defer")
    conversation.user_says("人工")
    conversation.bot_says(told, f"受理编号 {NUMBER}")
    conversation.user_says("算了", intent="cancel")
    await run(ActionCancel(), conversation)

    assert (conversation.said, desk.cancelled) == ([said], withdrawn)


async def test_a_case_is_not_withdrawn_where_the_bot_has_told_of_another(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    conversation.hand_off("case", change="defer")
    conversation.user_says("WH-0000-0001 怎么样了", intent="check_case")
    conversation.bot_says("utter_case_open", "受理编号 WH-0000-0001")
    conversation.user_says("算了", intent="cancel")
    await run(ActionCancel(), conversation)

    assert (conversation.said, desk.cancelled) == (["utter_nothing_to_cancel"], [])


async def test_fraud_that_comes_out_while_he_waits_is_told_the_desk_under_the_same_number(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    desk.standing = QUEUED
    conversation.hand_off("queued", change="queue", position=2)
    conversation.slots["walkthrough"] = FRAUD
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    assert [(packet["number"], packet["reason"]) for packet in desk.packets] == [(NUMBER, "fraud")]
    assert (conversation.said, conversation.slots["handoff"]["state"]) == (["utter_handoff_queued"], "queued")


async def test_a_case_asked_for_again_brings_along_what_was_gathered(
    run: Run, conversation: Conversation, desk: DeskServer
) -> None:
    conversation.slots["walkthrough"] = FRAUD
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)
    conversation.user_says("人工", intent="request_human")
    await run(ActionHandOver(), conversation)

    first, again = desk.packets
    assert (again["number"], again["reason"], again["topic"]) == (first["number"], "fraud", "report_fraud")
