"""Cases over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession

from bot.desk.cases.service import read_history
from bot.desk.database import open_database
from bot.desk.handoffs.payloads import EventKind
from bot.desk.settings import Settings

MakePacket = Callable[..., dict[str, Any]]

NUMBER = "WH-7K3M-Q9TD"
ENDPOINTS = [
    ("POST", "/v1/handoffs"),
    ("GET", f"/v1/handoffs/{NUMBER}"),
    ("POST", f"/v1/handoffs/{NUMBER}/cancel"),
    ("GET", "/v1/cases"),
    ("GET", f"/v1/cases/{NUMBER}"),
    ("PATCH", f"/v1/cases/{NUMBER}"),
]


async def problem(response: ClientResponse) -> tuple[int, str]:
    body = await response.json()
    assert body.keys() == {"code", "message", "details", "request_id"}
    assert body["request_id"] == response.headers["X-Request-ID"]
    return response.status, body["code"]


async def numbers(bot: ClientSession, query: str) -> list[str]:
    page = await (await bot.get(f"/v1/cases?{query}")).json()
    return [case["number"] for case in page["items"]]


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
async def test_without_the_service_token_nothing_is_told(
    stranger: ClientSession, packet: MakePacket, method: str, path: str
) -> None:
    response = await stranger.request(method, path, json=packet())

    assert await problem(response) == (401, "unauthenticated")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
@pytest.mark.parametrize("header", ["Bearer", "Bearer wrong", f"Basic {'0123456789abcdef' * 2}", "Bearer \u5ba2"])
async def test_with_a_wrong_token_nothing_is_told(
    stranger: ClientSession, packet: MakePacket, method: str, path: str, header: str
) -> None:
    response = await stranger.request(method, path, json=packet(), headers={"Authorization": header})

    assert await problem(response) == (401, "unauthenticated")


async def test_a_stranger_leaves_no_case(stranger: ClientSession, bot: ClientSession, packet: MakePacket) -> None:
    await stranger.post("/v1/handoffs", json=packet())

    assert await numbers(bot, "") == []


async def test_a_handoff_that_nobody_can_serve_becomes_an_open_case(bot: ClientSession, packet: MakePacket) -> None:
    response = await bot.post("/v1/handoffs", json=packet())

    assert response.status == 201
    assert await (await bot.get(f"/v1/cases/{NUMBER}")).json() == {
        **packet(),
        "state": "open",
        "owner": None,
        "priority": 1,
        "why": "nobody",
        "created_at": "2026-03-01T08:31:00Z",
        "updated_at": "2026-03-01T08:31:00Z",
        "due_at": "2026-03-01T16:31:00Z",
        "resolved_at": None,
    }


async def test_fraud_is_answered_first_and_sooner(bot: ClientSession, packet: MakePacket) -> None:
    await bot.post("/v1/handoffs", json=packet(reason="fraud"))
    case = await (await bot.get(f"/v1/cases/{NUMBER}")).json()

    assert (case["priority"], case["due_at"]) == (0, "2026-03-01T09:31:00Z")


async def test_a_repeated_delivery_answers_the_same_and_changes_nothing(bot: ClientSession, packet: MakePacket) -> None:
    first = await bot.post("/v1/handoffs", json=packet())
    again = await bot.post("/v1/handoffs", json=packet(last_words="something else", reason="fraud"))

    assert again.status == 200
    assert await again.json() == await first.json()
    assert (await (await bot.get(f"/v1/cases/{NUMBER}")).json())["last_words"] == packet()["last_words"]


async def test_a_number_of_another_conversation_is_refused(bot: ClientSession, packet: MakePacket) -> None:
    await bot.post("/v1/handoffs", json=packet())
    response = await bot.post("/v1/handoffs", json=packet(conversation_id="conversation-2"))

    assert await problem(response) == (409, "conflict")


async def test_twenty_simultaneous_deliveries_make_one_case(bot: ClientSession, packet: MakePacket) -> None:
    responses = await asyncio.gather(*(bot.post("/v1/handoffs", json=packet()) for _ in range(20)))

    assert sorted(response.status for response in responses) == [200] * 19 + [201]
    assert await numbers(bot, "") == [NUMBER]


async def test_twenty_simultaneous_hand_offs_make_twenty_cases(bot: ClientSession, packet: MakePacket) -> None:
    wanted = [f"WH-0000-00{number}" for number in range(10, 30)]
    responses = await asyncio.gather(*(bot.post("/v1/handoffs", json=packet(number)) for number in wanted))

    assert {response.status for response in responses} == {201}
    assert sorted(await numbers(bot, "limit=100")) == wanted


async def test_a_wrong_field_is_named(bot: ClientSession, packet: MakePacket) -> None:
    response = await bot.post("/v1/handoffs", json=packet(language="fr"))

    assert await problem(response) == (400, "invalid_request")
    body = await response.json()
    assert body["message"] == "language must be one of zh, en"
    assert body["details"] == {"field": "language", "problem": "must be one of zh, en"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"last_words": NaN}'], ids=range(6))
async def test_a_body_that_is_no_handoff_is_refused(bot: ClientSession, body: bytes) -> None:
    assert await problem(await bot.post("/v1/handoffs", data=body)) == (400, "invalid_request")


async def test_a_body_above_one_megabyte_is_refused(bot: ClientSession, packet: MakePacket) -> None:
    response = await bot.post("/v1/handoffs", json=packet(padding="x" * 1_000_000))

    assert await problem(response) == (413, "body_too_large")


@pytest.mark.parametrize("number", ["WH-0000-0000", "nonsense", "%00", "%FF", "' OR 1=1"])
async def test_an_unknown_number_is_not_found(bot: ClientSession, packet: MakePacket, number: str) -> None:
    await bot.post("/v1/handoffs", json=packet())

    assert await problem(await bot.get(f"/v1/cases/{number}")) == (404, "not_found")
    assert await problem(await bot.patch(f"/v1/cases/{number}", json={"owner": "li"})) == (404, "not_found")


async def test_cases_are_listed_newest_first_page_by_page(bot: ClientSession, packet: MakePacket) -> None:
    for last in "12345":
        await bot.post("/v1/handoffs", json=packet(f"WH-0000-000{last}"))

    pages: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await (await bot.get(f"/v1/cases?limit=2{cursor and f'&after={cursor}'}")).json()
        pages.append([case["number"][-1] for case in page["items"]])
        cursor = page["next"]
    assert pages == [["5", "4"], ["3", "2"], ["1"]]


async def test_a_case_that_arrives_meanwhile_does_not_shift_the_next_page(
    bot: ClientSession, packet: MakePacket
) -> None:
    for last in "123":
        await bot.post("/v1/handoffs", json=packet(f"WH-0000-000{last}"))
    first = await (await bot.get("/v1/cases?limit=2")).json()
    await bot.post("/v1/handoffs", json=packet("WH-0000-0004"))

    assert await numbers(bot, f"limit=2&after={first['next']}") == ["WH-0000-0001"]


async def test_a_full_last_page_has_no_next(bot: ClientSession, packet: MakePacket) -> None:
    await bot.post("/v1/handoffs", json=packet())

    assert (await (await bot.get("/v1/cases?limit=1")).json())["next"] is None


async def test_cases_are_listed_by_user_conversation_and_state(bot: ClientSession, packet: MakePacket) -> None:
    await bot.post("/v1/handoffs", json=packet("WH-0000-0001"))
    await bot.post("/v1/handoffs", json=packet("WH-0000-0002", user_id="li", conversation_id="conversation-2"))
    await bot.post("/v1/handoffs", json=packet("WH-0000-0003", user_id=None, conversation_id="conversation-3"))
    await bot.patch("/v1/cases/WH-0000-0002", json={"state": "in_progress"})

    assert await numbers(bot, "user_id=chen") == ["WH-0000-0001"]
    assert await numbers(bot, "conversation_id=conversation-3") == ["WH-0000-0003"]
    assert await numbers(bot, "state=open") == ["WH-0000-0003", "WH-0000-0001"]
    assert await numbers(bot, "state=open&user_id=li") == []


@pytest.mark.parametrize("query", ["state=closed", "limit=0", "limit=101", "limit=x", "after=x", "user_id=%00"])
async def test_a_list_asked_for_wrongly_is_refused(bot: ClientSession, query: str) -> None:
    assert await problem(await bot.get(f"/v1/cases?{query}")) == (400, "invalid_request")


async def test_a_case_is_taken_up_and_resolved(bot: ClientSession, packet: MakePacket, clock: Any) -> None:
    await bot.post("/v1/handoffs", json=packet())
    clock.move_on(minutes=5)
    taken = await (await bot.patch(f"/v1/cases/{NUMBER}", json={"state": "in_progress", "owner": "小李"})).json()
    clock.move_on(minutes=5)
    resolved = await (await bot.patch(f"/v1/cases/{NUMBER}", json={"state": "resolved", "note": "called"})).json()

    assert (taken["state"], taken["owner"], taken["updated_at"]) == ("in_progress", "小李", "2026-03-01T08:36:00Z")
    assert (resolved["state"], resolved["owner"]) == ("resolved", "小李")
    assert resolved["resolved_at"] == resolved["updated_at"] == "2026-03-01T08:41:00Z"
    assert await (await bot.get(f"/v1/cases/{NUMBER}")).json() == resolved


async def test_a_change_of_state_that_is_not_allowed_changes_nothing_at_all(
    bot: ClientSession, packet: MakePacket
) -> None:
    await bot.post("/v1/handoffs", json=packet())
    before = await (await bot.get(f"/v1/cases/{NUMBER}")).json()
    response = await bot.patch(f"/v1/cases/{NUMBER}", json={"state": "resolved", "owner": "li"})

    assert await problem(response) == (409, "conflict")
    assert await (await bot.get(f"/v1/cases/{NUMBER}")).json() == before


@pytest.mark.parametrize("change", [{}, {"state": "closed"}, {"owner": 7}, {"note": ""}, []])
async def test_a_change_that_says_nothing_or_nonsense_is_refused(
    bot: ClientSession, packet: MakePacket, change: Any
) -> None:
    await bot.post("/v1/handoffs", json=packet())

    assert await problem(await bot.patch(f"/v1/cases/{NUMBER}", json=change)) == (400, "invalid_request")


async def test_of_ten_who_take_a_case_at_once_one_changes_it(
    bot: ClientSession, packet: MakePacket, settings: Settings
) -> None:
    await bot.post("/v1/handoffs", json=packet())
    taken = await asyncio.gather(*(bot.patch(f"/v1/cases/{NUMBER}", json={"state": "in_progress"}) for _ in range(10)))
    async with open_database(settings.database_url) as engine:
        history = await read_history(engine, NUMBER)

    assert {response.status for response in taken} == {200}
    assert [event.kind for event in history] == [EventKind.RECEIVED, EventKind.DEFER, EventKind.STATE]
