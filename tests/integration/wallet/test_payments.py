"""Payments: who may, what moves, and that it moves once."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from tests.integration.wallet.books import balances, force_answer, issuer_balance
from tests.integration.wallet.house import House, cny
from wallet.domain.currency import yuan


async def test_a_payment_from_the_balance_succeeds_and_moves_the_money(house: House) -> None:
    user = await house.user(balance="100")
    answer = await user.pay("35.60")
    assert (answer.status, answer.body["status"], answer.body["cause"]) == (201, "succeeded", None)
    assert await user.balance() == 6440


async def test_a_payment_by_card_leaves_the_balance_alone(house: House) -> None:
    user = await house.user(balance="100")
    card_id = await user.bind_card()
    answer = await user.pay("35.60", card_id)
    assert (answer.body["status"], answer.body["card"]["id"]) == ("succeeded", card_id)
    assert await user.balance() == 10000


async def test_a_payment_above_the_balance_is_declined_and_moves_nothing(house: House) -> None:
    user = await house.user(balance="10")
    answer = await user.pay("10.01")
    assert (answer.status, answer.body["status"], answer.body["cause"]) == (201, "declined", "balance_too_low")
    assert await user.balance() == 1000


async def test_a_payment_above_the_limits_is_declined_with_the_limit_that_was_passed(house: House) -> None:
    user = await house.user(balance="5000", level=1)
    assert (await user.pay("1000.01")).body["cause"] == "over_payment_limit"
    assert [(await user.pay("1000")).body["status"] for _ in range(2)] == ["succeeded", "succeeded"]
    assert (await user.pay("0.01")).body["cause"] == "over_daily_limit"


async def test_the_daily_limit_resets_at_local_midnight(house: House) -> None:
    user = await house.user(balance="5000", level=1)
    for _ in range(2):
        await user.pay("1000")
    house.clock.advance(hours=12)
    user = await house.signed_in(user.user_id)
    assert (await user.pay("0.01")).body["cause"] == "over_daily_limit"
    house.clock.advance(minutes=10)
    assert (await user.pay("0.01")).body["status"] == "succeeded"


async def test_declined_payments_do_not_count_as_used(house: House) -> None:
    user = await house.user()
    await user.pay("500")
    assert (await user.get("/v1/limits")).body["used_today"]["minor"] == 0


async def test_twenty_payments_at_once_spend_the_balance_once(house: House) -> None:
    user = await house.user(balance="1000")
    answers = await asyncio.gather(*(user.pay("100") for _ in range(20)))
    outcomes = Counter((answer.status, answer.body["status"], answer.body["cause"]) for answer in answers)
    assert outcomes == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 10}
    assert await user.balance() == 0
    assert await balances(house, user.user_id) == {"user": 0, "clearing": -100000, "merchants": 100000, "fees": 0}


async def test_the_same_key_ten_times_at_once_moves_money_once(house: House) -> None:
    user = await house.user(balance="1000")
    answers = await asyncio.gather(*(user.pay("100", key="one") for _ in range(10)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await user.balance() == 90000


async def test_the_same_key_ten_times_at_once_charges_a_card_once(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    answers = await asyncio.gather(*(user.pay("100", card_id, key="one") for _ in range(10)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await issuer_balance(house, user.user_id) == yuan(19_900)


async def test_a_repeated_request_gets_the_answer_it_got_before(house: House) -> None:
    user = await house.user(balance="100")
    first = await user.pay("60", key="one")
    assert (await user.pay("60", key="one")).body == first.body
    declined = await user.pay("60", key="two")
    assert declined.body["cause"] == "balance_too_low"
    await user.top_up("100")
    assert (await user.pay("60", key="two")).body == declined.body


async def test_a_key_used_for_another_request_is_refused(house: House) -> None:
    user = await house.user(balance="100")
    await user.pay("10", key="one")
    refused = await user.pay("11", key="one")
    assert (refused.status, refused.code) == (409, "idempotency_key_reused")
    refused = await user.top_up("10", key="one")
    assert (refused.status, refused.code) == (409, "idempotency_key_reused")
    assert await user.balance() == 9000


async def test_keys_of_two_users_have_nothing_to_do_with_each_other(house: House) -> None:
    one, other = await house.user(balance="100"), await house.user(balance="100")
    assert (await one.pay("10", key="same")).body["id"] != (await other.pay("10", key="same")).body["id"]


async def test_a_payment_without_a_key_is_refused(house: House) -> None:
    user = await house.user(balance="100")
    body = {"amount": cny("10"), "merchant": "蓝山咖啡", "card_id": None}
    refused = await house.call("POST", "/v1/payments", token=user.token, json=body)
    assert (refused.status, refused.code) == (400, "idempotency_key_missing")


@pytest.mark.parametrize(
    "amount",
    [
        None,
        "10",
        {"minor": 10.5, "currency": "CNY"},
        {"minor": "10", "currency": "CNY"},
        {"minor": True, "currency": "CNY"},
        {"minor": 0, "currency": "CNY"},
        {"minor": -1, "currency": "CNY"},
        {"minor": 10, "currency": "USD"},
        {"minor": 10, "currency": ["CNY"]},
        {"minor": 10**30, "currency": "CNY"},
    ],
)
async def test_what_is_no_amount_is_refused(house: House, amount: object) -> None:
    user = await house.user()
    refused = await user.post("/v1/payments", {"amount": amount, "merchant": "蓝山咖啡", "card_id": None})
    assert (refused.status, refused.code, refused.body["details"]) == (400, "invalid_request", {"field": "amount"})


@pytest.mark.parametrize(
    ("code", "cause"),
    [("51", "insufficient_funds"), ("55", "wrong_pin"), ("59", "issuer_declined"), ("41", "issuer_declined")],
)
async def test_the_user_is_told_what_may_be_told_and_support_sees_the_truth(
    house: House, code: str, cause: str
) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, code)
    payment = (await user.pay("10", card_id)).body
    assert (payment["status"], payment["cause"]) == ("declined", cause)
    assert (await user.get("/v1/payments")).body["items"][0]["cause"] == cause
    seen = await house.support(f"/users/{user.user_id}/payments", acting=user.user_id)
    truth = {"51": "insufficient_funds", "55": "wrong_pin", "59": "risk_declined", "41": "card_lost"}[code]
    assert seen.body["items"][0]["cause"] == truth


async def test_an_unknown_result_is_settled_by_asking_for_the_same_order_later(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "68")
    payment = (await user.pay("899", card_id)).body
    assert (payment["status"], payment["cause"]) == ("unknown", "result_unknown")
    assert payment["result_expected_by"] == "2026-03-12T05:50:00Z"
    assert (await user.get("/v1/limits")).body["used_today"]["minor"] == 89900

    house.clock.advance(minutes=30)
    assert (await user.post(f"/v1/payments/{payment['id']}/query")).body["status"] == "unknown"
    house.clock.advance(minutes=90)
    user = await house.signed_in(user.user_id)
    answers = await asyncio.gather(*(user.post(f"/v1/payments/{payment['id']}/query") for _ in range(5)))
    assert {answer.body["status"] for answer in answers} == {"succeeded"}
    assert (await balances(house, user.user_id))["merchants"] == 89900
    assert await issuer_balance(house, user.user_id) == yuan(20_000 - 899)


@pytest.mark.parametrize(("code", "status", "left"), [("00", "succeeded", 19_101), ("51", "declined", 20_000)])
async def test_an_unknown_result_is_settled_once_the_issuer_knows_it(
    house: House, code: str, status: str, left: int
) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "68")
    payment_id = (await user.pay("899", card_id)).body["id"]
    await house.call("POST", "/v1/dev/issuer-results", json={"order_id": payment_id, "code": code})
    assert (await user.post(f"/v1/payments/{payment_id}/query")).body["status"] == status
    assert await issuer_balance(house, user.user_id) == yuan(left)


async def test_asking_about_a_settled_payment_changes_nothing(house: House) -> None:
    user = await house.user(balance="100")
    payment = (await user.pay("10")).body
    assert (await user.post(f"/v1/payments/{payment['id']}/query")).body == payment


async def test_payments_are_listed_page_by_page_newest_first(house: House) -> None:
    user = await house.user(balance="100")
    made = []
    for _ in range(5):
        made.append((await user.pay("1")).body["id"])
        house.clock.advance(seconds=1)
    first = (await user.get("/v1/payments?limit=2")).body
    second = (await user.get(f"/v1/payments?limit=2&cursor={first['next_cursor']}")).body
    third = (await user.get(f"/v1/payments?limit=2&cursor={second['next_cursor']}")).body
    listed = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert (listed, third["next_cursor"]) == (made[::-1], None)


async def test_a_payment_is_shown_to_its_user_and_to_nobody_else(house: House) -> None:
    user, other = await house.user(balance="100"), await house.user()
    payment = (await user.pay("10")).body
    path = f"/v1/payments/{payment['id']}"
    assert (await user.get(path)).body == payment
    assert (await other.get(path)).status == 404
    assert (await other.post(f"{path}/query")).status == 404
    assert (await other.get(f"/v1/payments?cursor={payment['id']}")).status == 400


async def test_nobody_pays_with_a_card_of_someone_else(house: House) -> None:
    user, other = await house.user(), await house.user()
    refused = await other.pay("10", await user.bind_card())
    assert (refused.status, refused.code) == (404, "not_found")


async def test_a_frozen_account_pays_nothing(house: House) -> None:
    user = await house.user(balance="100")
    await house.support(f"/users/{user.user_id}/freeze", "POST", acting=user.user_id)
    assert (await user.pay("10")).body["cause"] == "account_frozen"
    assert (await user.top_up("10")).body["cause"] == "account_frozen"
    assert await user.balance() == 10000
