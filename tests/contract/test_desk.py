"""Hand-offs on their way to the real desk."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from actions.gateway.desk_client import DeskClient
from actions.gateway.errors import Refused, ServiceAway
from actions.gateway.http import JsonService
from actions.gateway.outbox import HandoffOutbox
from tests.stack.desk_api import Desk
from tests.stack.processes import Stack

_DELIVERY_SECONDS = 20
REQUESTED_AT = "2026-03-12T03:10:00Z"


def new_number() -> str:
    """A number nobody has."""
    digits = secrets.token_hex(4).upper()
    return f"WH-{digits[:4]}-{digits[4:]}"


def packet(**changes: Any) -> dict[str, Any]:
    """A hand-off as the bot builds it."""
    conversation = f"terminal-{secrets.token_hex(6)}"
    return {
        "number": new_number(),
        "conversation_id": conversation,
        "channel": "terminal",
        "language": "zh",
        "user_id": None,
        "topic": "payment_failure",
        "reason": "asked",
        "requested_at": REQUESTED_AT,
        "findings": [{"cause": "over_daily_limit", "subject": "pay_1", "at": REQUESTED_AT, "values": {"left": {}}}],
        "steps": [{"step": "raise_daily_limit", "outcome": "failed", "at": REQUESTED_AT}],
        "facts": {"verified": False},
        "transcript": {"conversation_id": conversation, "until": REQUESTED_AT},
        "last_words": "转人工 😀",
        **changes,
    }


async def test_a_delivered_case_can_be_read_again(desk: DeskClient) -> None:
    handoff = packet(user_id="somebody")
    standing = await desk.deliver(handoff)
    assert (standing.number, standing.state, standing.why) == (handoff["number"], "case", "nobody")
    assert standing.due_at is not None and standing.due_at > datetime.now(timezone.utc) + timedelta(hours=7)
    case = await desk.case(handoff["number"])
    assert case is not None
    assert (case.number, case.state, case.topic) == (handoff["number"], "open", "payment_failure")
    assert (case.user_id, case.conversation_id) == ("somebody", handoff["conversation_id"])
    assert await desk.handoff(handoff["number"]) == standing


async def test_a_handoff_is_taken_back_once(desk: DeskClient) -> None:
    handoff = packet()
    await desk.deliver(handoff)
    assert await desk.cancel(handoff["number"]) and await desk.cancel(handoff["number"])
    standing = await desk.handoff(handoff["number"])
    assert standing is not None and standing.state == "cancelled"


async def test_what_the_desk_never_had_needs_not_be_taken_back(desk: DeskClient) -> None:
    assert await desk.cancel(new_number())
    assert await desk.handoff(new_number()) is None


async def test_delivering_twice_makes_one_case(desk: DeskClient, desk_api: Desk) -> None:
    handoff = packet()
    assert await desk.deliver(handoff) == await desk.deliver(handoff)
    assert len(desk_api.cases_of(handoff["conversation_id"])) == 1


async def test_a_number_of_another_conversation_is_refused(desk: DeskClient) -> None:
    taken = packet()
    await desk.deliver(taken)
    with pytest.raises(Refused) as refusal:
        await desk.deliver(packet(number=taken["number"]))
    assert refusal.value.status == 409


@pytest.mark.parametrize("changes", [{"reason": "no such reason"}, {"number": "1"}, {"last_words": "x" * 501}])
async def test_a_bad_packet_is_refused(desk: DeskClient, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        await desk.deliver(packet(**changes))
    assert refusal.value.status == 400


async def test_a_state_that_people_set_is_seen(desk: DeskClient, desk_api: Desk) -> None:
    handoff = packet()
    await desk.deliver(handoff)
    for state in ("in_progress", "resolved"):
        desk_api.change(handoff["number"], {"state": state})
        case = await desk.case(handoff["number"])
        assert case is not None and case.state == state


@pytest.mark.parametrize("number", ["WH-0000-0000", "x", "../health", " "])
async def test_a_number_nobody_has_is_no_case(desk: DeskClient, number: str) -> None:
    assert await desk.case(number) is None


async def test_the_newest_case_of_a_user_and_of_a_conversation(desk: DeskClient) -> None:
    user = f"user-{secrets.token_hex(4)}"
    older, newer = packet(user_id=user), packet(user_id=user)
    for handoff in (older, newer):
        await desk.deliver(handoff)
    of_user = await desk.newest_case(user_id=user, conversation_id="elsewhere")
    of_conversation = await desk.newest_case(user_id=None, conversation_id=older["conversation_id"])
    assert of_user is not None and of_user.number == newer["number"]
    assert of_conversation is not None and of_conversation.number == older["number"]
    assert await desk.newest_case(user_id=None, conversation_id="elsewhere") is None


async def test_a_wrong_token_is_refused(lone_desk: Stack) -> None:
    service = JsonService(lone_desk.url("desk"), "no such token, but long enough to be one", 1, 20)
    with pytest.raises(Refused) as refusal:
        await DeskClient(service).deliver(packet())
    await service.close()
    assert refusal.value.status == 401


def kept(folder: Path) -> list[str]:
    """Which kinds of files wait."""
    return [path.suffix for path in folder.iterdir()]


async def delivered(desk: DeskClient, number: str, folder: Path) -> None:
    """Wait until the desk has a case and nothing is kept any more."""
    while await desk.case(number) is None or kept(folder):  # noqa: ASYNC110 - another process tells no event
        await asyncio.sleep(0.05)


async def test_a_waiting_handoff_is_delivered_once_the_desk_is_back(desk: DeskClient, tmp_path: Path) -> None:
    away = JsonService("http://127.0.0.1:1", "t", 1, 1)
    handoff = packet()
    assert await HandoffOutbox(tmp_path, DeskClient(away), 60).send(handoff) is None
    await away.close()

    outbox = HandoffOutbox(tmp_path, desk, 0.05)
    outbox.start()
    await asyncio.wait_for(delivered(desk, handoff["number"], tmp_path), _DELIVERY_SECONDS)
    await outbox.close()


async def test_a_handoff_the_desk_takes_at_once_leaves_nothing_behind(desk: DeskClient, tmp_path: Path) -> None:
    handoff = packet()
    case = await HandoffOutbox(tmp_path, desk, 60).send(handoff)
    assert case is not None and case.number == handoff["number"]
    assert kept(tmp_path) == []


async def test_a_refused_handoff_does_not_hold_up_the_next(desk: DeskClient, tmp_path: Path) -> None:
    away = JsonService("http://127.0.0.1:1", "t", 1, 1)
    waiting = HandoffOutbox(tmp_path, DeskClient(away), 60)
    bad, good = packet(reason="no such reason"), packet()
    for handoff in (bad, good):
        await waiting.send(handoff)
    await away.close()
    assert await HandoffOutbox(tmp_path, desk, 60).deliver_waiting() == 1
    assert kept(tmp_path) == [".refused"]
    assert await desk.case(good["number"]) is not None


async def test_a_desk_that_does_not_listen_is_away() -> None:
    away = JsonService("http://127.0.0.1:1", "t", 1, 1)
    with pytest.raises(ServiceAway):
        await DeskClient(away).deliver(packet())
    await away.close()
