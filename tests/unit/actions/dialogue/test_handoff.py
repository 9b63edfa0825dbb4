"""A hand-off as the conversation keeps it: asked for, and what comes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.dialogue.handoff import hand_over, handoff_of, is_waiting
from actions.dialogue.packet import Reason
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.gateway import Gateway
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.desk import CASE, QUEUED, FakeDesk
from tests.fakes.gateway import gateway_of

NUMBER = "WH-7K3M-Q9TD"

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


@pytest.fixture
def gateway(desk: FakeDesk, folder: Path) -> Gateway:
    return gateway_of(desk=desk, folder=folder)


@pytest.fixture(params=["zh", "en"])
def guest(request: pytest.FixtureRequest) -> Conversation:
    """A guest of each language."""
    return Conversation(user_id=None, language=request.param)


def kept(folder: Path) -> list[dict[str, Any]]:
    """What waits for the desk."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


async def ask(guest: Conversation, gateway: Gateway, number: str | None = None) -> dict[str, Any]:
    """Ask for a person; the hand-off as it is remembered."""
    guest.user_says("人工", intent="request_human")
    guest.remember(await hand_over(guest.turn(), gateway, Reason.ASKED, RUNNING, number))
    return dict(guest.slots["handoff"])


async def test_into_the_queue_with_a_place_and_the_walkthrough_is_over(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, folder: Path
) -> None:
    desk.standing = QUEUED
    handoff = await ask(guest, gateway)

    assert guest.said == ["utter_handoff_queued"]
    assert (handoff["state"], handoff["position"], handoff["wait"]) == ("queued", 2, [3, 8])
    assert (handoff["reason"], handoff["topic"], handoff["number"]) == ("asked", "payment_failure", desk.delivered[0])
    assert (guest.slots["walkthrough"], guest.slots["requested_slot"]) == (None, None)
    gathered = {"walkthrough": RUNNING.to_slot()}
    assert guest.slots["episode"] == {"topic": "payment_failure", "outcome": "handed_over", **gathered}
    assert kept(folder) == []


async def test_the_request_is_recorded_before_what_comes_of_it(guest: Conversation, gateway: Gateway) -> None:
    await ask(guest, gateway)
    changes = [event["value"]["change"] for event in guest.events if event.get("name") == "handoff"]

    assert changes == ["request", "defer"]


async def test_while_the_desk_is_away_the_request_is_kept_under_its_number(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, folder: Path
) -> None:
    desk.is_away = True
    handoff = await ask(guest, gateway)

    assert guest.said == ["utter_handoff_kept"]
    assert (handoff["state"], handoff["change"]) == ("requested", "request")
    assert [packet["number"] for packet in kept(folder)] == [handoff["number"]]


async def test_a_request_that_cannot_be_kept_loses_neither_the_walkthrough_nor_promises_a_person(
    guest: Conversation, desk: FakeDesk, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    guest.user_says("人工", intent="request_human")
    gateway = gateway_of(desk=desk, folder=tmp_path / "file")
    guest.remember(await hand_over(guest.turn(), gateway, Reason.ASKED, RUNNING))

    assert guest.said == ["utter_handoff_failed"]
    assert "handoff" not in guest.slots
    assert guest.slots["walkthrough"] == RUNNING.to_slot()


async def test_a_request_that_the_desk_will_never_take_promises_nothing(
    guest: Conversation, gateway: Gateway, desk: FakeDesk
) -> None:
    desk.refuses = {NUMBER: 400}
    guest.user_says("人工", intent="request_human")
    guest.remember(await hand_over(guest.turn(), gateway, Reason.ASKED, None, NUMBER))

    assert guest.said == ["utter_handoff_failed"]


async def test_a_case_that_is_asked_for_again_keeps_its_number(
    guest: Conversation, gateway: Gateway, desk: FakeDesk
) -> None:
    handoff = await ask(guest, gateway, NUMBER)

    assert guest.said == ["utter_case_exists"]
    assert (handoff["number"], desk.delivered) == (NUMBER, [NUMBER])


async def test_a_case_asked_for_again_while_somebody_is_there_comes_into_the_queue(
    guest: Conversation, gateway: Gateway, desk: FakeDesk
) -> None:
    desk.standing = QUEUED
    handoff = await ask(guest, gateway, NUMBER)

    assert (guest.said, handoff["state"], handoff["number"]) == (["utter_handoff_queued"], "queued", NUMBER)


@pytest.mark.parametrize("state", ["resolved", "cancelled", "returned", "rated"])
@pytest.mark.parametrize("number", [NUMBER, None], ids=["a case", "the same message again"])
async def test_a_number_that_is_over_at_the_desk_is_followed_by_a_new_one(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, folder: Path, state: str, number: str | None
) -> None:
    ended = replace(CASE, state=state, due_at=None, why=None)
    guest.user_says("人工", intent="request_human")
    guest.events[-1]["message_id"] = "message-1"
    probe = await hand_over(guest.turn(), gateway_of(desk=FakeDesk(), folder=folder), Reason.ASKED, None, number)
    used = next(event["value"]["number"] for event in probe if event.get("name") == "handoff")
    desk.standings = {used: ended}
    guest.forget_answers()
    guest.remember(await hand_over(guest.turn(), gateway, Reason.ASKED, None, number))

    assert guest.said == ["utter_handoff_case_nobody"]
    assert desk.delivered == [used, guest.slots["handoff"]["number"]]
    assert used != guest.slots["handoff"]["number"]


@pytest.mark.parametrize("state", ["claimed", "active"])
async def test_somebody_who_was_quicker_than_the_answer_is_left_to_the_desk_to_tell(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, state: str
) -> None:
    desk.standing = replace(QUEUED, state=state, position=None, wait=None, agent="李雷")
    handoff = await ask(guest, gateway)

    assert guest.said == ["utter_handoff_waiting"]
    assert handoff["state"] == "requested"


def test_an_empty_slot_is_no_hand_off(guest: Conversation) -> None:
    assert (handoff_of(guest.turn()), is_waiting(None)) == (None, False)
