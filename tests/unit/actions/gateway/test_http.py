"""JSON over HTTP against a real server: one pool, bounded waiting, errors of one family."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web

from actions.gateway.calls import observe_calls
from actions.gateway.errors import GatewayError, Refused, ServiceAway
from actions.gateway.http import JsonService
from actions.gateway.request_ids import carry_request_id
from tests.fakes.loopback import Answer, Loopback, answering
from tests.stack.ports import free_ports

TOKEN = "t" * 40


@asynccontextmanager
async def service(url: str, answer_seconds: float = 5) -> AsyncIterator[JsonService]:
    """A client of the service at an address."""
    client = JsonService(url, TOKEN, 1, answer_seconds)
    try:
        yield client
    finally:
        await client.close()


async def test_the_json_of_an_answer_is_given_back() -> None:
    async with Loopback(answering(201, '{"a": [1, "é"]}')) as server, service(server.url) as client:
        assert await client.call("POST", "/x", body={"b": "中"}) == {"a": [1, "é"]}
        assert json.loads(server.bodies[0]) == {"b": "中"}


async def test_each_request_bears_the_token_an_id_of_its_own_and_what_was_asked_for() -> None:
    async with Loopback(answering()) as server, service(server.url) as client:
        await client.call("GET", "/x", query={"since": "2026-03-12T03:10:00Z"}, headers={"X-On-Behalf-Of": "chen"})
        await client.call("GET", "/x")
    first, second = server.requests

    assert first.headers["Authorization"] == f"Bearer {TOKEN}"
    assert (first.headers["X-On-Behalf-Of"], first.query["since"]) == ("chen", "2026-03-12T03:10:00Z")
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


async def test_calls_about_one_message_carry_its_id_and_so_do_their_tasks() -> None:
    async with Loopback(answering()) as server, service(server.url) as client:
        carry_request_id("turn-17")
        await client.call("GET", "/x")
        await asyncio.create_task(client.call("GET", "/x"))
        carry_request_id(None)
        await client.call("GET", "/x")

    ids = [request.headers["X-Request-ID"] for request in server.requests]
    assert ids[:2] == ["turn-17", "turn-17"]
    assert ids[2] != "turn-17"


async def test_calls_one_after_the_other_go_over_one_connection() -> None:
    async with Loopback(answering()) as server, service(server.url) as client:
        for _ in range(5):
            await client.call("GET", "/x")

        assert (len(server.requests), len(server.peers)) == (5, 1)


async def test_many_calls_at_once_are_all_answered() -> None:
    async with Loopback(answering()) as server, service(server.url) as client:
        answers = await asyncio.gather(*(client.call("GET", "/x") for _ in range(120)))

        assert answers == [{}] * 120
        assert len(server.peers) <= 50


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429])
async def test_a_refusal_gives_its_status_and_code(status: int) -> None:
    refusal = answering(status, '{"code": "not_found", "message": "no"}')
    async with Loopback(refusal) as server, service(server.url) as client:
        with pytest.raises(Refused) as refused:
            await client.call("GET", "/x")

    assert (refused.value.status, refused.value.code) == (status, "not_found")


async def test_a_refusal_without_an_envelope_has_no_known_code() -> None:
    async with Loopback(answering(404, "[]")) as server, service(server.url) as client:
        with pytest.raises(Refused) as refused:
            await client.call("GET", "/x")

    assert refused.value.code == "unknown"


@pytest.mark.parametrize(
    "answer",
    [
        answering(500, '{"code": "internal"}'),
        answering(503, "<html>", "text/html"),
        answering(200, "{broken"),
        answering(200, "<html>", "text/html"),
        answering(404, "<html>", "text/html"),
        answering(200, "\ufffd"),
    ],
    ids=["500", "503", "broken JSON", "a page", "a page for a 404", "no JSON at all"],
)
async def test_an_answer_that_cannot_be_read_is_as_good_as_none(answer: Answer) -> None:
    async with Loopback(answer) as server, service(server.url) as client:
        with pytest.raises(ServiceAway):
            await client.call("GET", "/x")


@pytest.mark.parametrize("status", [200, 404, 429])
async def test_what_is_said_of_a_page_in_the_place_of_an_answer_holds_neither_token_nor_path(status: int) -> None:
    async with Loopback(answering(status, "<html>", "text/html")) as server, service(server.url) as client:
        with pytest.raises(ServiceAway) as away:
            await client.call("GET", "/users/chen")
    assert TOKEN not in str(away.value)
    assert "chen" not in str(away.value)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_service_that_is_not_there_is_away(method: str) -> None:
    (port,) = free_ports(1)
    async with service(f"http://127.0.0.1:{port}") as client:
        with pytest.raises(ServiceAway):
            await client.call(method, "/x")


async def test_a_service_that_takes_too_long_is_away() -> None:
    async def sleep(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    async with Loopback(sleep) as server, service(server.url, answer_seconds=0.2) as client:
        with pytest.raises(ServiceAway):
            await client.call("GET", "/x")


async def test_a_service_that_was_started_anew_is_reached_again() -> None:
    async with Loopback(answering(200, '{"run": 1}')) as first, service(first.url) as client:
        assert await client.call("GET", "/x") == {"run": 1}
        await first.__aexit__()
        with pytest.raises(ServiceAway):
            await client.call("GET", "/x")
        async with Loopback(answering(200, '{"run": 2}'), first.port):
            assert await client.call("GET", "/x") == {"run": 2}
            assert await client.call("POST", "/x") == {"run": 2}


Stream = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def hanging_up(answered: list[bytes], hang_ups: int) -> AsyncIterator[str]:
    """A server that takes some requests and hangs up instead of answering, then answers."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        answered.append(head.split(b" ")[0])
        if len(answered) > hang_ups:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_a_read_is_tried_again_when_the_service_hangs_up() -> None:
    taken: list[bytes] = []
    async with hanging_up(taken, hang_ups=1) as url, service(url) as client:
        assert await client.call("GET", "/x") == {}

    assert taken == [b"GET", b"GET"]


async def test_a_read_is_not_tried_for_ever() -> None:
    taken: list[bytes] = []
    async with hanging_up(taken, hang_ups=9) as url, service(url) as client:
        with pytest.raises(ServiceAway):
            await client.call("GET", "/x")

    assert taken == [b"GET", b"GET"]


async def test_what_does_something_is_sent_once() -> None:
    taken: list[bytes] = []
    async with hanging_up(taken, hang_ups=9) as url, service(url) as client:
        with pytest.raises(ServiceAway):
            await client.call("POST", "/x", body={})

    assert taken == [b"POST"]


@pytest.mark.parametrize(("status", "outcome"), [(200, "answered"), (404, "refused"), (503, "away")])
async def test_whoever_wants_to_know_is_told_how_a_call_went(status: int, outcome: str) -> None:
    told: list[tuple[str, str]] = []
    observe_calls(lambda service, outcome, seconds: told.append((service, outcome)) if seconds > 0 else None)
    try:
        async with Loopback(answering(status)) as server:
            client = JsonService(server.url, TOKEN, 1, 5, name="wallet")
            with suppress(GatewayError):
                await client.call("GET", "/x")
            await client.close()
    finally:
        observe_calls(lambda *_: None)

    assert told == [("wallet", outcome)]
