"""The desk's figures: how its queue stands, what was asked of it, and who may read that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.desk.settings import Settings
from tests.integration.desk.conftest import serving

TOKEN = "m" * 40


@pytest.fixture
async def machine(desk: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A collector on this machine."""
    async with aiohttp.ClientSession(desk) as session:
        yield session


async def figures(machine: aiohttp.ClientSession) -> dict[str, float]:
    """The desk's own figures."""
    async with machine.get("/metrics") as answer:
        assert (answer.status, answer.content_type) == (200, "text/plain")
        families = list(text_string_to_metric_families(await answer.text()))
    return {sample.name: sample.value for family in families for sample in family.samples if not sample.labels}


async def test_an_empty_desk_says_so(machine: aiohttp.ClientSession) -> None:
    own = {name: value for name, value in (await figures(machine)).items() if name.startswith("desk_")}
    assert own == {
        "desk_queue_length": 0,
        "desk_queue_oldest_seconds": 0,
        "desk_agents_on_duty": 0,
        "desk_open_cases": 0,
    }


async def test_who_waits_is_counted_and_so_is_how_long(
    machine: aiohttp.ClientSession, sign_in: Any, hand_over: Any, clock: Any
) -> None:
    await sign_in()
    await hand_over("WH-7K3M-Q9TD")
    clock.move_on(minutes=1)
    await hand_over("WH-7K3M-Q9TE")
    counted = await figures(machine)
    assert (counted["desk_queue_length"], counted["desk_queue_oldest_seconds"]) == (2, 60)
    assert counted["desk_agents_on_duty"] == 1


async def test_a_case_is_open_where_nobody_was_there(machine: aiohttp.ClientSession, hand_over: Any) -> None:
    await hand_over()
    counted = await figures(machine)
    assert (counted["desk_open_cases"], counted["desk_queue_length"]) == (1, 0)


async def test_requests_are_counted_by_their_route(machine: aiohttp.ClientSession, hand_over: Any) -> None:
    number = await hand_over()
    async with machine.get(f"/v1/handoffs/{number}"):
        pass
    async with machine.get("/metrics") as answer:
        text = await answer.text()
    assert 'hotline_http_requests_total{method="GET",route="/v1/handoffs/<number:str>",status="401"}' in text
    assert number not in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_without_a_token_nobody_reads_them_through_a_proxy(machine: aiohttp.ClientSession, header: str) -> None:
    async with machine.get("/metrics", headers={header: "127.0.0.1"}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (403, "forbidden")


async def test_with_a_token_only_who_bears_it_reads_them(
    settings: Settings, clock: Any, machine: aiohttp.ClientSession
) -> None:
    async with serving(replace(settings, metrics_token=TOKEN), clock) as address, aiohttp.ClientSession() as session:
        for given, status in (("", 401), (f"Bearer {TOKEN}x", 401), (f"Bearer {TOKEN}", 200)):
            headers = {"Authorization": given, "X-Forwarded-For": "203.0.113.7"} if given else {}
            async with session.get(f"{address}/metrics", headers=headers) as answer:
                assert answer.status == status
