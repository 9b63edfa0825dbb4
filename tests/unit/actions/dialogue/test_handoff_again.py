"""A hand-off that is asked for again, or taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from actions.dialogue.handoff import stand_in_queue, take_back
from actions.gateway.gateway import Gateway
from tests.fakes.conversation import Conversation
from tests.fakes.desk import CASE, QUEUED, FakeDesk
from tests.fakes.gateway import gateway_of
from tests.fakes.responses import placeholders, render

NUMBER = "WH-7K3M-Q9TD"

PLACE = {"position": 2, "wait": [3, 8]}


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


def assert_told_without_a_hole(guest: Conversation, line: str, language: str) -> None:
    """This line was said, every value of it filled in."""
    message = guest.values(line)
    assert placeholders(line, language) <= set(message)
    assert None not in (message[name] for name in placeholders(line, language))
    assert "None" not in render(message, language)


async def test_who_asks_again_hears_his_place_of_now(guest: Conversation, gateway: Gateway, desk: FakeDesk) -> None:
    desk.standing = replace(QUEUED, position=1, wait=(1, 4))
    guest.hand_off("queued", change="queue", position=5, wait=[9, 20])
    guest.remember(await stand_in_queue(guest.turn(), gateway, guest.slots["handoff"]))

    assert guest.values("utter_handoff_queued")["position"] == "1"
    assert (guest.slots["handoff"]["position"], guest.slots["handoff"]["wait"]) == (1, [1, 4])
    assert desk.delivered == []


@pytest.mark.parametrize(
    ("state", "line"), [("requested", "utter_handoff_waiting"), ("queued", "utter_handoff_queued")]
)
async def test_who_asks_again_while_the_desk_is_away_hears_what_was_known(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, state: str, line: str
) -> None:
    desk.is_away = True
    guest.hand_off(state, change="move", **PLACE)
    events = await stand_in_queue(guest.turn(), gateway, guest.slots["handoff"])

    assert guest.said == [line]
    assert [event for event in events if event.get("name") == "handoff"] == []


@pytest.mark.parametrize("state", ["cancelled", "resolved", "returned"])
async def test_who_waits_for_what_the_desk_has_ended_is_handed_over_anew(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, state: str
) -> None:
    desk.standing = replace(CASE, state=state)
    guest.hand_off("queued", change="queue", **PLACE)
    guest.user_says("人工", intent="request_human")
    await stand_in_queue(guest.turn(), gateway, guest.slots["handoff"])

    assert desk.delivered
    assert guest.slots["handoff"]["number"] not in desk.delivered


@pytest.mark.parametrize("state", ["claimed", "case"])
async def test_a_change_that_the_desk_is_about_to_tell_is_not_told_before(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, state: str
) -> None:
    desk.standing = replace(CASE, state=state)
    guest.hand_off("queued", change="queue", **PLACE)
    events = await stand_in_queue(guest.turn(), gateway, guest.slots["handoff"])

    assert guest.said == ["utter_handoff_queued"]
    assert [event for event in events if event.get("name") == "handoff"] == []


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("requested", "utter_handoff_cancel"),
        ("queued", "utter_handoff_cancel"),
        ("case", "utter_case_withdrawn"),
    ],
)
async def test_taking_back_is_told_and_known_at_the_desk(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, state: str, line: str
) -> None:
    guest.hand_off(state, change="queue", **PLACE)
    guest.remember(await take_back(guest.turn(), gateway, guest.slots["handoff"]))

    assert (guest.said, desk.cancelled) == ([line], [NUMBER])
    assert (guest.slots["handoff"]["state"], guest.slots["handoff"]["change"]) == ("cancelled", "cancel")
    assert_told_without_a_hole(guest, line, guest.slots["language"])


async def test_what_a_person_has_by_now_is_not_taken_back(
    guest: Conversation, gateway: Gateway, desk: FakeDesk
) -> None:
    desk.has_them = True
    guest.hand_off("queued", change="queue", **PLACE)

    assert await take_back(guest.turn(), gateway, guest.slots["handoff"]) == []
    assert guest.said == ["utter_handoff_too_late"]


async def test_taking_back_while_the_desk_is_away_is_remembered_for_it(
    guest: Conversation, gateway: Gateway, desk: FakeDesk, folder: Path
) -> None:
    desk.is_away = True
    guest.hand_off("queued", change="queue", **PLACE)
    guest.remember(await take_back(guest.turn(), gateway, guest.slots["handoff"]))

    assert guest.slots["handoff"]["state"] == "cancelled"
    assert kept(folder) == [{"number": NUMBER, "withdrawn": True}]
