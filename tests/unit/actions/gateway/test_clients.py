"""The wallet's and the desk's clients over a real server: what they ask, and what they make of the answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from actions.gateway.desk_client import DeskClient
from actions.gateway.errors import Refused, ServiceAway, UnknownUser
from actions.gateway.http import JsonService
from actions.gateway.wallet_client import WalletClient
from tests.fakes.accounts import NOW, ago, limits, payment, yuan
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


async def test_a_handed_over_case_comes_back_with_its_promise() -> None:
    case, server = await ask_desk(lambda desk: desk.deliver({"number": CASE["number"]}), CASE, 201)

    assert (case.number, case.due_at - case.created_at) == (CASE["number"], NOW - ago(days=1))
    assert (server.requests[0].method, server.requests[0].path) == ("POST", "/v1/cases")


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
        await ask_desk(lambda desk: desk.deliver({"number": CASE["number"]}), spoiled)
