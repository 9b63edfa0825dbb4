"""What every answer of the desk has in common, its health and its description."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientSession


async def test_a_desk_that_can_read_its_handoffs_is_healthy(stranger: ClientSession) -> None:
    response = await stranger.get("/health")

    assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_a_desk_without_its_tables_is_not(unmigrated: ClientSession) -> None:
    response = await unmigrated.get("/health")

    assert (response.status, await response.json()) == (503, {"status": "unavailable"})


async def test_a_database_that_fails_is_told_without_its_words(unmigrated: ClientSession) -> None:
    token = {"Authorization": "Bearer 0123456789abcdef0123456789abcdef"}
    response = await unmigrated.get("/v1/cases", headers=token)

    assert (response.status, (await response.json())["code"]) == (503, "unavailable")
    assert "sqlite" not in (await response.text()).lower()


async def test_an_unforeseen_failure_tells_only_the_request_id(
    faulty: ClientSession, packet: Callable[..., dict[str, Any]]
) -> None:
    response = await faulty.post("/v1/handoffs", json=packet(), headers={"X-Request-ID": "turn-17"})

    assert response.status == 500
    assert await response.json() == {
        "code": "internal",
        "message": "the desk failed; its log tells more under this request id",
        "details": {},
        "request_id": "turn-17",
    }


async def test_an_unknown_address_is_not_found(stranger: ClientSession) -> None:
    response = await stranger.get("/nowhere")

    assert (response.status, (await response.json())["code"]) == (404, "not_found")


async def test_a_method_that_an_address_does_not_take_is_refused(bot: ClientSession) -> None:
    response = await bot.post("/v1/cases")

    assert (response.status, (await response.json())["code"]) == (405, "method_not_allowed")
    assert set(response.headers["Allow"].split(", ")) == {"GET"}


@pytest.mark.parametrize("path", ["/health", "/v1/cases", "/nowhere"])
async def test_a_callers_request_id_comes_back(stranger: ClientSession, path: str) -> None:
    response = await stranger.get(path, headers={"X-Request-ID": "turn-17"})

    assert response.headers["X-Request-ID"] == "turn-17"


@pytest.mark.parametrize("odd", ["", "a b", "x" * 65, "线", "13912345678"])
async def test_an_odd_request_id_is_replaced(stranger: ClientSession, odd: str) -> None:
    response = await stranger.get("/health", headers={"X-Request-ID": odd})

    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])


async def test_the_description_names_every_call(stranger: ClientSession) -> None:
    description = await (await stranger.get("/docs/openapi.json")).json()

    assert {path: set(calls) for path, calls in description["paths"].items()} == {
        "/health": {"get"},
        "/metrics": {"get"},
        "/v1/handoffs": {"post"},
        "/v1/handoffs/{number}": {"get"},
        "/v1/handoffs/{number}/cancel": {"post"},
        "/v1/cases": {"get"},
        "/v1/cases/{number}": {"get", "patch"},
        "/v1/figures": {"get"},
    }
    assert (await stranger.get("/docs")).status == 200


async def test_the_described_handoff_has_the_fields_that_are_required(bot: ClientSession) -> None:
    description = await (await bot.get("/docs/openapi.json")).json()
    required = set(description["components"]["schemas"]["Handoff"]["required"])
    named = set()
    sample: dict[str, object] = {}
    for field, value in {
        "number": "WH-7K3M-Q9TD", "conversation_id": "c", "channel": "widget", "language": "zh", "reason": "asked",
        "requested_at": "2026-03-01T08:30:00Z", "findings": [], "steps": [], "facts": {},
        "transcript": {"conversation_id": "c", "until": "2026-03-01T08:30:00Z"}, "last_words": "",
    }.items():  # fmt: skip
        named.add((await (await bot.post("/v1/handoffs", json=sample)).json())["details"]["field"])
        sample[field] = value

    assert named == required
    assert (await bot.post("/v1/handoffs", json=sample)).status == 201
