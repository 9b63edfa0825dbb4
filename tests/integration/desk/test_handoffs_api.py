"""Hand-offs over HTTP, as the bot delivers them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import insert

from bot.desk.agents.payloads import Agent
from bot.desk.database import open_database, writing
from bot.desk.presence.tables import presence
from bot.desk.settings import Settings

MakePacket = Callable[..., dict[str, Any]]

NUMBER = "WH-7K3M-Q9TD"
QUEUED = {
    "number": NUMBER,
    "state": "queued",
    "position": 1,
    "wait": None,
    "agent": None,
    "due_at": None,
    "why": None,
    "opens_at": None,
}
CASE = {**QUEUED, "state": "case", "position": None, "due_at": "2026-03-01T16:31:00Z", "why": "nobody"}


@pytest.fixture
async def li(
    address: str, settings: Settings, hire: Callable[..., Awaitable[Agent]], clock: Callable[[], Any]
) -> Agent:
    """Li, who is on duty."""
    li = await hire("li")
    async with open_database(settings.database_url) as engine, writing(engine) as connection:
        await connection.execute(insert(presence).values(agent_id=li.id, status="available", seen_at=clock()))
    return li


async def test_with_somebody_on_duty_the_bot_hears_the_place_in_the_queue(
    bot: ClientSession, packet: MakePacket, li: Agent
) -> None:
    delivered = await bot.post("/v1/handoffs", json=packet())
    again = await bot.post("/v1/handoffs", json=packet())
    asked = await bot.get(f"/v1/handoffs/{NUMBER}")

    assert (delivered.status, again.status, asked.status) == (201, 200, 200)
    assert await delivered.json() == await again.json() == await asked.json() == QUEUED


async def test_a_queued_handoff_is_no_case(bot: ClientSession, packet: MakePacket, li: Agent) -> None:
    await bot.post("/v1/handoffs", json=packet())

    assert (await bot.get(f"/v1/cases/{NUMBER}")).status == 404
    assert (await (await bot.get("/v1/cases")).json())["items"] == []


async def test_with_nobody_on_duty_the_bot_hears_by_when_there_is_an_answer(
    bot: ClientSession, packet: MakePacket
) -> None:
    assert await (await bot.post("/v1/handoffs", json=packet())).json() == CASE
    assert await (await bot.get(f"/v1/handoffs/{NUMBER}")).json() == CASE


async def test_a_handoff_is_taken_back_as_often_as_the_bot_says_so(
    bot: ClientSession, packet: MakePacket, li: Agent
) -> None:
    await bot.post("/v1/handoffs", json=packet())
    for _ in range(2):
        cancelled = await bot.post(f"/v1/handoffs/{NUMBER}/cancel")

        assert cancelled.status == 200
        assert await cancelled.json() == {**QUEUED, "state": "cancelled", "position": None}


async def test_what_has_ended_otherwise_is_not_taken_back(bot: ClientSession, packet: MakePacket) -> None:
    await bot.post("/v1/handoffs", json=packet())
    for state in ("in_progress", "resolved"):
        await bot.patch(f"/v1/cases/{NUMBER}", json={"state": state})
    refused = await bot.post(f"/v1/handoffs/{NUMBER}/cancel")

    assert refused.status == 409
    body = await refused.json()
    assert (body["code"], body["details"]) == ("conflict", {"state": "resolved"})


async def test_what_the_desk_never_had_is_not_found(bot: ClientSession) -> None:
    for response in (await bot.get(f"/v1/handoffs/{NUMBER}"), await bot.post(f"/v1/handoffs/{NUMBER}/cancel")):
        assert (response.status, (await response.json())["code"]) == (404, "not_found")


async def test_twenty_who_come_at_once_have_a_place_each(bot: ClientSession, packet: MakePacket, li: Agent) -> None:
    numbers = [f"WH-0000-00{number}" for number in range(10, 30)]
    packets = [packet(number, conversation_id=f"of {number}") for number in numbers]
    await asyncio.gather(*(bot.post("/v1/handoffs", json=body) for body in packets))
    standings = [await (await bot.get(f"/v1/handoffs/{number}")).json() for number in numbers]

    assert sorted(standing["position"] for standing in standings) == list(range(1, 21))
