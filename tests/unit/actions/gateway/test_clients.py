"""The wallet's and the desk's clients over a real server: what they ask, and what they make of the answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from actions.gateway.desk_client import DeskClient
from actions.gateway.errors import Refused, ServiceAway, UnknownUser
from actions.gateway.http import JsonService
from actions.gateway.wallet_client import WalletClient
from tests.fakes.accounts import NOW, ago, limits, payment, refund, transfer, withdrawal, yuan
from tests.fakes.loopback import Loopback, answering
from wallet.contract.encoding import to_json
from wallet.contract.payloads import FeeKind

CASE = {
    "number": "WH-7K3M-Q9TD",
    "state": "open",
    "topic": None,
    "user_id": "chen",
    "conversation_id": "conversation-1",
    "due_at": "2026-03-13T03:10:00Z",
    "created_at": "2026-03-12T03:10:00Z",
}
NOTHING = dict.fromkeys(("position", "wait", "agent", "due_at", "why", "opens_at"))
QUEUED = {**NOTHING, "number": CASE["number"], "state": "queued", "position": 2, "wait": [3, 8]}
DEFERRED = {**NOTHING, "number": CASE["number"], "state": "case", "due_at": CASE["due_at"], "why": "closed"}
CallWallet = Callable[[WalletClient], Awaitable[Any]]
CallDesk = Callable[[DeskClient], Awaitable[Any]]


async def ask_wallet(call: CallWallet, body: Any, status: int = 200) -> tuple[Any, Loopback]:
    """One call of the wallet's client, answered with that body."""
    async with Loopback(answering(status, json.dumps(body))) as server:
        service = JsonService(server.url, "t", 1, 5)
        try:
            return await call(WalletClient(service)), server
        finally:
            await service.close()


async def ask_desk(call: CallDesk, body: Any, status: int = 200) -> tuple[Any, Loopback]:
    """One call of the desk's client, answered with that body."""
    async with Loopback(answering(status, json.dumps(body))) as server:
        service = JsonService(server.url, "t", 1, 5)
        try:
            return await call(DeskClient(service)), server
        finally:
            await service.close()


async def test_payments_are_read_on_behalf_of_their_user_since_a_time() -> None:
    known = [payment(), payment("pay_2", card=None)]
    answer, server = await ask_wallet(lambda wallet: wallet.payments("chen", ago(days=7)), {"items": to_json(known)})
    (request,) = server.requests

    assert answer == known
    assert (request.path, request.query["since"]) == ("/v1/support/users/chen/payments", "2026-03-05T03:10:00Z")
    assert request.headers["X-On-Behalf-Of"] == "chen"


async def test_transfers_and_refunds_are_read_the_same_way() -> None:
    sent, given_back = [transfer(), withdrawal()], [refund()]
    transfers, asked = await ask_wallet(lambda wallet: wallet.transfers("chen", ago(days=7)), {"items": to_json(sent)})
    refunds, _ = await ask_wallet(lambda wallet: wallet.refunds("chen", ago(days=90)), {"items": to_json(given_back)})

    assert (transfers, refunds) == (sent, given_back)
    assert asked.requests[0].path == "/v1/support/users/chen/transfers"
    assert asked.requests[0].query["since"] == "2026-03-05T03:10:00Z"


async def test_a_users_name_cannot_leave_its_place_in_the_path() -> None:
    _, server = await ask_wallet(lambda wallet: wallet.limits("../li?/#"), to_json(limits()))

    assert server.requests[0].raw_path == "/v1/support/users/..%2Fli%3F%2F%23/limits"


async def test_a_user_the_wallet_does_not_know_is_told_apart_from_other_refusals() -> None:
    with pytest.raises(UnknownUser):
        await ask_wallet(lambda wallet: wallet.limits("nobody"), {"code": "not_found"}, 404)
    with pytest.raises(Refused):
        await ask_wallet(lambda wallet: wallet.limits("chen"), {"code": "forbidden"}, 403)


@pytest.mark.parametrize("body", [{}, [], None, {"items": None}, {"items": [{"id": "pay_1"}]}, {"items": [7]}])
async def test_payments_that_are_none_are_as_good_as_no_answer(body: Any) -> None:
    with pytest.raises(ServiceAway):
        await ask_wallet(lambda wallet: wallet.payments("chen", NOW), body)


async def test_what_the_wallet_says_beyond_the_contract_is_ignored() -> None:
    answer, _ = await ask_wallet(lambda wallet: wallet.limits("chen"), {**to_json(limits()), "new": 1})

    assert answer == limits()


@pytest.mark.parametrize(("user", "named"), [("chen", True), (None, False)])
async def test_a_fee_is_quoted_for_a_user_or_for_nobody(user: str | None, named: bool) -> None:
    quote = {
        "kind": "topup",
        "channel": "apple_pay",
        "amount": to_json(yuan("500")),
        "fee": to_json(yuan("5")),
        "rate": "0.01",
    }
    quote |= dict.fromkeys(("free_quota", "free_remaining", "free_covered", "resets_at", "condition"))
    answer, server = await ask_wallet(
        lambda wallet: wallet.quote_fee(FeeKind.TOPUP, "apple_pay", yuan("500"), user), quote
    )
    (request,) = server.requests

    assert answer.fee == yuan("5")
    assert (request.query["amount_minor"], request.query["currency"]) == ("50000", "CNY")
    assert ("user_id" in request.query, "X-On-Behalf-Of" in request.headers) == (named, named)


async def test_a_hand_off_comes_back_with_its_place_in_the_queue() -> None:
    standing, server = await ask_desk(lambda desk: desk.deliver({"number": CASE["number"]}), QUEUED, 201)

    assert (standing.number, standing.state) == (CASE["number"], "queued")
    assert (standing.position, standing.wait) == (2, (3, 8))
    assert (server.requests[0].method, server.requests[0].path) == ("POST", "/v1/handoffs")


async def test_a_hand_off_that_became_a_case_comes_back_with_its_promise() -> None:
    standing, _ = await ask_desk(lambda desk: desk.deliver({}), {**DEFERRED, "opens_at": "2026-03-13T01:00:00Z"})

    assert (standing.state, standing.why, standing.wait) == ("case", "closed", None)
    assert (standing.due_at - NOW, standing.opens_at < standing.due_at) == (timedelta(days=1), True)


async def test_how_a_hand_off_stands_is_asked_by_its_number() -> None:
    standing, server = await ask_desk(lambda desk: desk.handoff("WH-7K3M/../Q9TD"), QUEUED)

    assert standing.state == "queued"
    assert server.requests[0].raw_path == "/v1/handoffs/WH-7K3M%2F..%2FQ9TD"


@pytest.mark.parametrize("status", [400, 404])
async def test_a_number_of_no_hand_off_stands_nowhere(status: int) -> None:
    standing, _ = await ask_desk(lambda desk: desk.handoff("WH-0000-0000"), {"code": "not_found"}, status)

    assert standing is None


@pytest.mark.parametrize(("status", "is_taken_back"), [(200, True), (404, True), (400, True), (409, False)])
async def test_a_hand_off_is_taken_back_unless_a_person_has_it(status: int, is_taken_back: bool) -> None:
    answer, server = await ask_desk(lambda desk: desk.cancel(CASE["number"]), QUEUED, status)

    assert answer is is_taken_back
    assert (server.requests[0].method, server.requests[0].path) == ("POST", "/v1/handoffs/WH-7K3M-Q9TD/cancel")


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_a_desk_that_refuses_the_bot_has_taken_nothing_back(status: int) -> None:
    with pytest.raises(Refused):
        await ask_desk(lambda desk: desk.cancel(CASE["number"]), {"code": "unauthenticated"}, status)
    with pytest.raises(Refused):
        await ask_desk(lambda desk: desk.handoff(CASE["number"]), {"code": "unauthenticated"}, status)


@pytest.mark.parametrize("status", [400, 404])
async def test_a_number_of_no_case_finds_none(status: int) -> None:
    case, _ = await ask_desk(lambda desk: desk.case("WH-0000-0000"), {"code": "not_found"}, status)

    assert case is None


async def test_a_desk_that_refuses_the_bot_is_not_a_case_that_does_not_exist() -> None:
    with pytest.raises(Refused):
        await ask_desk(lambda desk: desk.case("WH-0000-0000"), {"code": "unauthenticated"}, 401)


@pytest.mark.parametrize(
    ("user", "query"),
    [
        ("chen", {"user_id": "chen", "limit": "1"}),
        (None, {"conversation_id": "conversation-1", "limit": "1"}),
    ],
)
async def test_the_newest_case_is_the_users_or_this_conversations(user: str | None, query: dict[str, str]) -> None:
    case, server = await ask_desk(
        lambda desk: desk.newest_case(user_id=user, conversation_id="conversation-1"), {"items": [CASE]}
    )

    assert case.number == CASE["number"]
    assert dict(server.requests[0].query) == query


async def test_without_a_case_there_is_no_newest() -> None:
    case, _ = await ask_desk(lambda desk: desk.newest_case(user_id="chen", conversation_id="c"), {"items": []})

    assert case is None


@pytest.mark.parametrize("spoiled", [{}, {**CASE, "due_at": "soon"}, {**CASE, "due_at": None}, [], "case"])
async def test_a_case_that_cannot_be_read_is_as_good_as_no_answer(spoiled: Any) -> None:
    with pytest.raises(ServiceAway):
        await ask_desk(lambda desk: desk.case(CASE["number"]), spoiled)


@pytest.mark.parametrize(
    "spoiled",
    [{}, [], "queued", None, {**QUEUED, "wait": [3]}, {**QUEUED, "wait": "soon"}, {**DEFERRED, "due_at": "soon"}],
)
async def test_a_standing_that_cannot_be_read_is_as_good_as_no_answer(spoiled: Any) -> None:
    with pytest.raises(ServiceAway):
        await ask_desk(lambda desk: desk.deliver({"number": CASE["number"]}), spoiled)
