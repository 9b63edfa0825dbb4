"""Withdrawals: held before the bank is asked, gone or given back by its answer, and never twice."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.wallet.books import balances, force_answer, issuer_balance
from tests.integration.wallet.house import CREDIT_CARD, House
from wallet.contract.payloads import LocalizedText
from wallet.domain.currency import yuan
from wallet.services.incidents import open_incident


async def test_a_withdrawal_leaves_the_balance_and_reaches_the_card(house: House) -> None:
    user = await house.user(balance="500")
    card_id = await user.bind_card()
    made = await user.withdraw("200", card_id)
    assert (made.status, made.body["status"], made.body["kind"]) == (201, "succeeded", "withdrawal")
    assert made.body["card"]["id"] == card_id
    assert await user.balance() == 30000
    assert await issuer_balance(house, user.user_id) == yuan(20_200)
    assert await balances(house, user.user_id) == {"user": 30000, "clearing": -30000, "merchants": 0, "fees": 0}
    assert await held(house) == 0


async def test_what_the_bank_declines_comes_back_with_its_fee_and_its_free_quota(house: House) -> None:
    user = await house.user(balance="2500")
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "05")
    declined = await user.withdraw("2000", card_id)
    assert (declined.body["status"], declined.body["cause"]) == ("declined", "issuer_declined")
    assert (declined.body["fee"]["minor"], await user.balance(), await held(house)) == (100, 250000, 0)
    assert await quota_left(house, user.user_id) == 100000


async def test_while_the_bank_does_not_know_the_money_is_held(house: House) -> None:
    user = await house.user(balance="500")
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "68")
    made = (await user.withdraw("200", card_id)).body
    assert (made["status"], made["cause"], made["result_expected_by"]) == (
        "unknown",
        "result_unknown",
        "2026-03-12T05:50:00Z",
    )
    assert (await user.balance(), await held(house)) == (30000, 20000)
    assert (await user.withdraw("300.01", card_id)).body["cause"] == "balance_too_low"
    assert await quota_left(house, user.user_id) == 80000


@pytest.mark.parametrize(
    ("code", "status", "balance", "at_bank"), [("00", "succeeded", 30000, 20_200), ("05", "declined", 50000, 20_000)]
)
async def test_an_unknown_withdrawal_is_settled_once_when_asked_about_by_many(
    house: House, code: str, status: str, balance: int, at_bank: int
) -> None:
    user = await house.user(balance="500")
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "68")
    made_id = (await user.withdraw("200", card_id)).body["id"]
    await house.call("POST", "/v1/dev/issuer-results", json={"order_id": made_id, "code": code})
    answers = await asyncio.gather(*(user.post(f"/v1/withdrawals/{made_id}/query") for _ in range(5)))
    assert {answer.body["status"] for answer in answers} == {status}
    assert (await user.balance(), await held(house)) == (balance, 0)
    assert await issuer_balance(house, user.user_id) == yuan(at_bank)


@pytest.mark.parametrize(("yuan_out", "cause"), [("0.99", "below_minimum"), ("20000.01", "above_maximum")])
async def test_a_withdrawal_outside_what_the_channel_takes_is_declined(house: House, yuan_out: str, cause: str) -> None:
    user = await house.user(balance="30000", level=3)
    assert (await user.withdraw(yuan_out, await user.bind_card())).body["cause"] == cause
    assert await user.balance() == 3000000


async def test_money_goes_back_to_debit_cards_alone(house: House) -> None:
    user = await house.user(balance="100")
    card_id = await user.bind_card(CREDIT_CARD)
    assert (await user.withdraw("10", card_id)).body["cause"] == "channel_unsupported"


async def test_nothing_goes_out_while_the_channel_is_out_of_order(house: House) -> None:
    user = await house.user(balance="100")
    await open_incident(house.stage.wallet, "bank_card", LocalizedText("维护", "maintenance"), None)
    assert (await user.withdraw("10", await user.bind_card())).body["cause"] == "channel_down"


async def test_neither_a_frozen_account_nor_a_frozen_card_is_paid_out(house: House) -> None:
    user = await house.user(balance="100")
    card_id = await user.bind_card()
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    assert (await user.withdraw("10", card_id)).body["cause"] == "card_frozen"
    await house.support(f"/users/{user.user_id}/freeze", "POST", acting=user.user_id)
    assert (await user.withdraw("10", card_id)).body["cause"] == "account_frozen"


async def test_nobody_withdraws_to_a_card_of_someone_else(house: House) -> None:
    user, other = await house.user(), await house.user(balance="100")
    refused = await other.withdraw("10", await user.bind_card())
    assert (refused.status, refused.code) == (404, "not_found")


async def test_the_fee_is_on_top_and_the_balance_has_to_cover_both(house: House) -> None:
    user = await house.user(balance="2000")
    card_id = await user.bind_card()
    assert (await user.withdraw("2000", card_id)).body["cause"] == "balance_too_low"
    made = (await user.withdraw("1999", card_id)).body
    assert (made["fee"]["minor"], await user.balance()) == (100, 0)
    assert (await balances(house, user.user_id))["fees"] == 100


async def test_the_free_quota_is_used_up_once_by_withdrawals_at_once(house: House) -> None:
    user = await house.user(balance="3000")
    card_id = await user.bind_card()
    answers = await asyncio.gather(*(user.withdraw("500", card_id) for _ in range(5)))
    assert sorted(answer.body["fee"]["minor"] for answer in answers) == [0, 0, 50, 50, 50]
    assert await user.balance() == 300000 - 250000 - 150
    house.clock.advance(days=20)
    assert await quota_left(house, user.user_id) == 100000


async def test_ten_withdrawals_at_once_pay_out_the_balance_once(house: House) -> None:
    user = await house.user(balance="300")
    card_id = await user.bind_card()
    answers = await asyncio.gather(*(user.withdraw("100", card_id) for _ in range(10)))
    assert sorted(answer.body["status"] for answer in answers) == ["declined"] * 7 + ["succeeded"] * 3
    assert await issuer_balance(house, user.user_id) == yuan(20_300)


async def test_one_key_pays_out_once(house: House) -> None:
    user = await house.user(balance="300")
    card_id = await user.bind_card()
    answers = await asyncio.gather(*(user.withdraw("100", card_id, key="one") for _ in range(6)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (await user.withdraw("101", card_id, key="one")).code == "idempotency_key_reused"
    assert (await user.balance(), await issuer_balance(house, user.user_id)) == (20000, yuan(20_100))


async def test_withdrawals_use_up_no_daily_limit(house: House) -> None:
    user = await house.user(balance="5000", level=1)
    assert (await user.withdraw("3000", await user.bind_card())).body["status"] == "succeeded"
    assert (await user.get("/v1/limits")).body["used_today"]["minor"] == 0


async def test_withdrawals_are_listed_and_shown_to_their_user_alone(house: House) -> None:
    user, other = await house.user(balance="100"), await house.user()
    card_id = await user.bind_card()
    made = (await user.withdraw("10", card_id)).body
    assert (await user.get("/v1/withdrawals")).body == {"items": [made], "next_cursor": None}
    assert (await user.get("/v1/transfers")).body["items"] == []
    assert (await user.get(f"/v1/withdrawals/{made['id']}")).body == made
    assert (await other.get(f"/v1/withdrawals/{made['id']}")).status == 404
    assert (await other.post(f"/v1/withdrawals/{made['id']}/query")).status == 404
    assert (await house.call("GET", "/v1/withdrawals")).code == "unauthenticated"


async def held(house: House) -> int:
    async with house.stage.wallet.storage.reading() as unit:
        return (await unit.ledger.balance("house:withdrawals")).minor


async def quota_left(house: House, user_id: str) -> int:
    path = f"/fees/quote?kind=withdrawal&channel=bank_card&amount_minor=100&currency=CNY&user_id={user_id}"
    quote = await house.support(path, acting=user_id)
    return int(quote.body["free_remaining"]["minor"])
