"""A person in one message, and how a case stands, with the desk away and there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from actions.dialogue.walkthrough import Source, Walkthrough
from actions.settings import current_settings
from actions.topics.handoff import ActionCheckCase, ActionHandOver
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.loopback import Loopback
from tests.unit.actions.topics.conftest import Run

NUMBER = "WH-7K3M-Q9TD"
KEPT = {"number": NUMBER, "topic": "payment_failure", "at": "2026-03-12T03:10:00Z"}
FRAUD = Walkthrough("report_fraud", NOW, Source.GUEST).to_slot()


class Desk:
    """Cases over HTTP by their number; one that is delivered is opened."""

    def __init__(self, **cases: dict[str, Any]) -> None:
        self.cases = cases

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            packet = json.loads(await request.read())
            self.cases[packet["number"]] = case(packet["number"], user_id=packet["user_id"])
            return web.json_response(self.cases[packet["number"]], status=201)
        found = self.cases.get(request.path.removeprefix("/v1/cases/"))
        if found is None:
            return web.json_response({"code": "not_found"}, status=404)
        return web.json_response(found)


def case(number: str = NUMBER, **changes: Any) -> dict[str, Any]:
    """A case of this conversation as the desk tells it."""
    times = {"due_at": "2026-03-13T03:10:00Z", "created_at": "2026-03-12T03:10:00Z"}
    rest = {"topic": None, "user_id": "chen", "conversation_id": "conversation-1", "state": "open"}
    return {"number": number, **rest, **times, **changes}


@pytest.fixture
def use_desk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the settings name a desk that serves."""

    def use(server: Loopback) -> None:
        monkeypatch.setenv("HOTLINE_DESK_URL", server.url)
        current_settings.cache_clear()

    return use


def outbox() -> list[Path]:
    """What waits for the desk."""
    return list(current_settings().outbox_folder.glob("*.json"))


async def test_while_the_desk_is_away_the_request_is_kept_and_has_a_number(run: Run, guest: Conversation) -> None:
    guest.user_says("人工", intent="request_human")
    await run(ActionHandOver(), guest)
    number = guest.values("utter_handed_over_kept")["number"]
    (kept,) = outbox()

    assert json.loads(kept.read_text(encoding="utf-8"))["number"] == number == guest.slots["case"]["number"]


async def test_asking_again_gives_the_same_number_and_no_second_case(run: Run, guest: Conversation) -> None:
    guest.user_says("人工", intent="request_human")
    await run(ActionHandOver(), guest)
    number = guest.slots["case"]["number"]
    await run(ActionHandOver(), guest)

    assert guest.values("utter_case_waiting")["number"] == number
    assert len(outbox()) == 1


async def test_the_desk_takes_a_request_and_promises_an_answer(
    run: Run, conversation: Conversation, use_desk: Any
) -> None:
    desk = Desk()
    conversation.user_says("人工", intent="request_human")
    async with Loopback(desk) as server:
        use_desk(server)
        await run(ActionHandOver(), conversation)

    assert conversation.said == ["utter_handed_over"]
    assert list(desk.cases) == [conversation.slots["case"]["number"]]
    assert outbox() == []


async def test_after_a_resolved_case_a_new_one_is_made(run: Run, conversation: Conversation, use_desk: Any) -> None:
    desk = Desk(**{NUMBER: case(state="resolved")})
    conversation.slots["case"] = KEPT
    conversation.user_says("人工", intent="request_human")
    async with Loopback(desk) as server:
        use_desk(server)
        await run(ActionHandOver(), conversation)

    assert len(desk.cases) == 2


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
    assert "case" not in guest.slots


@pytest.mark.parametrize("state", ["open", "in_progress", "resolved"])
async def test_how_the_kept_case_stands_is_told(
    run: Run, conversation: Conversation, use_desk: Any, state: str
) -> None:
    conversation.slots["case"] = KEPT
    conversation.user_says("进度", intent="check_case")
    async with Loopback(Desk(**{NUMBER: case(state=state)})) as server:
        use_desk(server)
        await run(ActionCheckCase(), conversation)

    assert conversation.said == [f"utter_case_{state}"]


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
    run: Run, use_desk: Any, owner: str | None, conversation_id: str, asks: str | None, said: str
) -> None:
    conversation = Conversation(user_id=asks)
    conversation.user_says(NUMBER, intent="check_case", case_number=NUMBER)
    async with Loopback(Desk(**{NUMBER: case(user_id=owner, conversation_id=conversation_id)})) as server:
        use_desk(server)
        await run(ActionCheckCase(), conversation)

    assert conversation.said == [said]


async def test_a_kept_case_the_desk_does_not_have_yet_is_waiting(
    run: Run, conversation: Conversation, use_desk: Any
) -> None:
    conversation.slots["case"] = KEPT
    conversation.user_says("进度", intent="check_case")
    async with Loopback(Desk()) as server:
        use_desk(server)
        await run(ActionCheckCase(), conversation)

    assert conversation.said == ["utter_case_waiting"]


@pytest.mark.parametrize(("kept", "said"), [(KEPT, "utter_case_desk_away_kept"), (None, "utter_case_desk_away")])
async def test_a_desk_that_is_away_is_said(
    run: Run, conversation: Conversation, kept: dict[str, str] | None, said: str
) -> None:
    conversation.slots["case"] = kept
    conversation.user_says("进度", intent="check_case")
    await run(ActionCheckCase(), conversation)

    assert conversation.said == [said]
