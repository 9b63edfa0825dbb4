"""A wallet that breaks one requirement of the contract: ours, with one thing changed on the way."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import ClientSession, web


@dataclass(frozen=True)
class Passing:
    """A request on its way, or what is answered to it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    sent: str = ""
    status: int = 200
    body: Any = None
    request_id: str = ""


Change = Callable[[Passing], Passing]


def asked(about: str, change: Callable[[Any], Any], method: str = "GET", status: int = 200) -> Change:
    """Change the body of what is answered under paths that end so."""

    def changed(answer: Passing) -> Passing:
        fits = answer.method == method and answer.path.endswith(about) and answer.status == status
        return replace(answer, body=change(answer.body)) if fits else answer

    return changed


def lets_through(status: int, about: str = "") -> Change:
    """Answer 200 where this status was due."""

    def changed(answer: Passing) -> Passing:
        return replace(answer, status=200) if answer.status == status and answer.path.endswith(about) else answer

    return changed


def without(name: str) -> Callable[[Any], Any]:
    """The body, or the items in it, without a field."""

    def changed(body: Any) -> Any:
        if "items" in body:
            return {"items": [{key: item[key] for key in item if key != name} for item in body["items"]]}
        return {key: body[key] for key in body if key != name}

    return changed


_counter = itertools.count()


def _another_time(body: Any) -> Any:
    return {**body, "frozen_at": f"2026-03-12T03:{next(_counter) % 60:02d}:00Z"}


def _whatever(query: str) -> Change:
    def changed(answer: Passing) -> Passing:
        return replace(answer, status=200, body={"items": []}) if query in answer.query else answer

    return changed


def _confirmed(answer: Passing) -> Passing:
    fits = "/channel-links/" in answer.path and answer.status == 200
    return replace(answer, body={**answer.body, "state": "confirmed"}) if fits else answer


def _asked_by_a_stranger(answer: Passing) -> Passing:
    fits = answer.path.endswith("/channel-links") and "authorization" not in answer.headers
    return replace(answer, status=202) if fits else answer


# What is changed, by the requirement that is then not met.
BREAKS: dict[str, Change] = {
    "envelope": lambda one: replace(one, body={"error": "?"}) if one.status == 404 else one,
    "request-id": lambda one: replace(one, request_id="another"),
    "no-token": lambda one: replace(one, status=200) if "authorization" not in one.headers else one,
    "wrong-token": lambda one: replace(one, status=200) if "not-a-token" in str(one.headers) else one,
    "no-acting-user": lambda one: replace(one, status=200) if "x-on-behalf-of" not in one.headers else one,
    "wrong-acting-user": lambda one: replace(one, status=200) if "somebody-else" in str(one.headers) else one,
    "scope": lets_through(403, "/freeze"),
    "unknown-user": lets_through(404, "/limits"),
    "no-money": lambda one: replace(one, status=201) if one.path == "/v1/payments" else one,
    "login-state": asked("/login-state", without("failures")),
    "payments": asked("/payments", without("cause")),
    "topups": asked("/topups", without("fee")),
    "transfers": asked("/transfers", without("kind")),
    "refunds": asked("/refunds", without("merchant")),
    "limits": asked("/limits", lambda body: {**body, "used_today": {"minor": 1.5, "currency": "CNY"}}),
    "cards": asked("/cards", lambda body: {"items": [{**item, "kind": "golden"} for item in body["items"]]}),
    "security": asked("/security", lambda body: {**body, "password_changed_at": "2026-03-12T03:50:00"}),
    "topup-channels": asked("/topup-channels", lambda body: body["items"]),
    "incidents": asked("/incidents", lambda body: {"items": [{"id": "inc_1"}]}),
    "fee-quote": asked("/fees/quote", without("fee")),
    "fee-refusals": lets_through(400, "/fees/quote"),
    "masked": asked("/login-state", lambda body: {**body, "phone_masked": "13800001001"}),
    "newest-first": asked("/payments", lambda body: {"items": body["items"][::-1]}),
    "since": lambda one: _unfiltered(one) if one.status == 200 and "since=" in one.query else one,
    "limit": lambda one: replace(one, body={"items": one.body["items"] * 2}) if one.query == "limit=1" else one,
    "bad-queries": _whatever("limit=0"),
    "reset-link": asked("/password-resets", lambda body: {**body, "sent_to": "13800001001"}, "POST"),
    "reset-media": lets_through(400, "/password-resets"),
    "broken-body": lambda one: replace(one, status=500) if one.body and "not JSON" in str(one.body) else one,
    "link": asked("/channel-links", without("number"), "POST", 202),
    "link-unknown": lambda one: replace(one, status=404) if one.status == 202 and "nobody" in one.sent else one,
    "link-pending": _confirmed,
    "unknown-link": lets_through(404, "/channel-links/no-link-of-that-id"),
    "link-no-token": _asked_by_a_stranger,
    "link-scope": lets_through(403, "/channel-links"),
    "link-bodies": lets_through(400, "/channel-links"),
    "card-freeze": asked("/freeze", _another_time, "POST"),
    "unknown-card": lets_through(404, "/freeze"),
    "freeze": asked("/freeze", _another_time, "POST"),
    "frozen-told": asked("/login-state", lambda body: {**body, "status": "active"}),
}


def _unfiltered(answer: Passing) -> Passing:
    money = {"minor": 1, "currency": "CNY"}
    payment = {"id": "p", "amount": money, "merchant": "m", "card": None, "status": "succeeded", "cause": None}
    times = {"device": "d", "created_at": "2026-03-12T03:50:00Z", "result_expected_by": None}
    return replace(answer, body={"items": [{**payment, **times}]})


@asynccontextmanager
async def changing(url: str, change: Change) -> AsyncIterator[str]:
    """The wallet at this address, changed."""

    async def pass_on(request: web.Request) -> web.Response:
        skipped = {"host", "content-length", "connection"}
        headers = {name.lower(): value for name, value in request.headers.items() if name.lower() not in skipped}
        sent = await request.read()
        async with http.request(
            request.method, f"{url}{request.path_qs}", headers=headers, data=sent or None
        ) as answer:
            got = Passing(
                method=request.method,
                path=request.path,
                query=request.query_string,
                headers=headers,
                sent=sent.decode(),
                status=answer.status,
                body=await answer.json(),
                request_id=answer.headers["X-Request-ID"],
            )
        changed = change(got)
        return web.Response(
            status=changed.status,
            text=json.dumps(changed.body),
            content_type="application/json",
            headers={"X-Request-ID": changed.request_id},
        )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", pass_on)
    runner = web.AppRunner(app)
    async with ClientSession() as http:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
