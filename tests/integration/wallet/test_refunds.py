"""Refunds: asked of the merchant, given back once and never more than was paid, by the way the payment came."""

from __future__ import annotations

import asyncio

from tests.integration.wallet.books import force_answer, issuer_balance
from tests.integration.wallet.house import House, SignedIn
from wallet.background import Background
from wallet.domain.currency import yuan
from wallet.services.refunds import settle_due_refunds


async def paid(user: SignedIn, amount: str = "80", card_id: str | None = None) -> str:
    answer = await user.pay(amount, card_id)
    assert answer.body["status"] == "succeeded"
    return str(answer.body["id"])


async def on_account(house: House, account_id: str) -> int:
    async with house.stage.wallet.storage.reading() as unit:
        return (await unit.ledger.balance(account_id)).minor


async def test_nothing_moves_before_the_merchant_has_answered(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    asked = await user.ask_refund(payment)
    assert (asked.status, asked.body["status"], asked.body["merchant"]) == (201, "requested", "蓝山咖啡")
    assert (asked.body["amount"]["minor"], asked.body["expected_by"]) == (8000, "2026-03-15T03:50:00Z")
    assert await user.balance() == 2000


async def test_what_the_merchant_grants_is_on_the_balance_at_once(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    refund = (await user.ask_refund(payment)).body["id"]
    assert (await house.answer_refund(refund)).body == {"status": "succeeded"}
    shown = (await user.get(f"/v1/refunds/{refund}")).body
    assert (shown["status"], shown["decided_at"], shown["expected_by"]) == ("succeeded", "2026-03-12T03:50:00Z", None)
    assert await user.balance() == 10000
    assert (await user.get(f"/v1/payments/{payment}")).body["status"] == "refunded"
    assert await on_account(house, "house:merchants") == 0


async def test_what_the_merchant_rejects_says_why_and_may_be_asked_again(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    refund = (await user.ask_refund(payment, reason="changed_mind")).body["id"]
    await house.answer_refund(refund, "already_delivered")
    shown = (await user.get(f"/v1/refunds/{refund}")).body
    assert (shown["status"], shown["rejection"], shown["reason"]) == ("rejected", "already_delivered", "changed_mind")
    assert await user.balance() == 2000
    assert (await user.ask_refund(payment)).status == 201


async def test_the_merchant_answers_once(house: House) -> None:
    user = await house.user(balance="100")
    refund = (await user.ask_refund(await paid(user))).body["id"]
    answers = await asyncio.gather(*(house.answer_refund(refund) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert await user.balance() == 10000


async def test_a_part_leaves_the_rest_to_be_asked_for(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    part = (await user.ask_refund(payment, "30")).body["id"]
    too_much = await user.ask_refund(payment, "50.01")
    assert (too_much.status, too_much.code, too_much.body["details"]["left_minor"]) == (409, "conflict", 5000)
    await house.answer_refund(part)
    assert (await user.get(f"/v1/payments/{payment}")).body["status"] == "succeeded"
    rest = (await user.ask_refund(payment)).body
    assert rest["amount"]["minor"] == 5000
    await house.answer_refund(rest["id"])
    assert (await user.get(f"/v1/payments/{payment}")).body["status"] == "refunded"
    assert await user.balance() == 10000


async def test_of_many_requests_at_once_no_more_is_granted_than_was_paid(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    asked = await asyncio.gather(*(user.ask_refund(payment, "30") for _ in range(6)))
    made = [answer.body["id"] for answer in asked if answer.status == 201]
    assert len(made) == 2
    await asyncio.gather(*(house.answer_refund(refund) for refund in made))
    assert await user.balance() == 8000


async def test_one_key_asks_once(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    answers = await asyncio.gather(*(user.ask_refund(payment, "10", key="once") for _ in range(5)))
    assert {answer.body["id"] for answer in answers} == {answers[0].body["id"]}
    assert (await user.ask_refund(payment, "11", key="once")).code == "idempotency_key_reused"
    assert len((await user.get("/v1/refunds")).body["items"]) == 1


async def test_a_card_gets_its_money_when_it_is_due_and_once(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    refund = (await user.ask_refund(await paid(user, card_id=card_id))).body["id"]
    assert (await house.answer_refund(refund)).body == {"status": "approved"}
    assert (await user.get(f"/v1/refunds/{refund}")).body["expected_by"] == "2026-03-17T03:50:00Z"
    assert await on_account(house, "house:refunds") == 8000
    await settle_due_refunds(house.stage.wallet)
    assert await issuer_balance(house, user.user_id) == yuan(19_920)
    house.clock.advance(days=5)
    await asyncio.gather(*(settle_due_refunds(house.stage.wallet) for _ in range(3)))
    again = await house.signed_in(user.user_id)
    assert (await again.get("/v1/refunds")).body["items"][0]["status"] == "succeeded"
    assert await issuer_balance(house, user.user_id) == yuan(20_000)
    assert await on_account(house, "house:refunds") == 0


async def test_the_wallet_pays_back_of_its_own_accord(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    refund = (await user.ask_refund(await paid(user, card_id=card_id))).body["id"]
    await house.answer_refund(refund)
    house.clock.advance(days=5)
    background = Background(house.stage.wallet, (), keeps_text=True, tidying_seconds=0.05)
    background.start()
    try:
        for _ in range(600):
            if await on_account(house, "house:refunds") == 0:
                break
            await asyncio.sleep(0.05)
    finally:
        await background.stop()
    assert await issuer_balance(house, user.user_id) == yuan(20_000)


async def test_an_issuer_who_does_not_answer_is_asked_again(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    refund = (await user.ask_refund(await paid(user, card_id=card_id))).body["id"]
    await house.answer_refund(refund)
    house.clock.advance(days=5)
    await force_answer(house, user.user_id, "91")
    await settle_due_refunds(house.stage.wallet)
    assert await on_account(house, "house:refunds") == 8000
    house.clock.advance(hours=3)
    await settle_due_refunds(house.stage.wallet)
    assert await on_account(house, "house:refunds") == 0


async def test_what_a_card_does_not_take_any_more_goes_to_the_balance(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    refund = (await user.ask_refund(await paid(user, card_id=card_id))).body["id"]
    await house.answer_refund(refund)
    await force_answer(house, user.user_id, "54")
    house.clock.advance(days=5)
    await settle_due_refunds(house.stage.wallet)
    again = await house.signed_in(user.user_id)
    shown = (await again.get(f"/v1/refunds/{refund}")).body
    assert (shown["status"], shown["card"]) == ("succeeded", None)
    assert await again.balance() == 8000


async def test_a_declined_payment_has_nothing_to_give_back(house: House) -> None:
    user = await house.user(balance="100")
    declined = await user.pay("3000")
    assert declined.body["status"] == "declined"
    refused = await user.ask_refund(declined.body["id"])
    assert (refused.code, refused.body["details"]["left_minor"]) == ("conflict", 0)


async def test_half_a_year_later_it_is_too_late_to_ask(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    house.clock.advance(days=181)
    again = await house.signed_in(user.user_id)
    assert (await again.ask_refund(payment)).code == "conflict"


async def test_a_payment_of_somebody_else_is_none(house: House) -> None:
    owner, other = await house.user(balance="100"), await house.user()
    assert (await other.ask_refund(await paid(owner))).code == "not_found"


async def test_an_unknown_reason_names_the_known_ones(house: House) -> None:
    user = await house.user(balance="100")
    refused = await user.ask_refund(await paid(user), reason="because")
    assert (refused.code, refused.body["details"]["field"]) == ("invalid_request", "reason")


async def test_support_sees_a_users_refunds_newest_first(house: House) -> None:
    user = await house.user(balance="100")
    payment = await paid(user)
    first = (await user.ask_refund(payment, "10")).body["id"]
    house.clock.advance(minutes=1)
    second = (await user.ask_refund(payment, "20")).body["id"]
    seen = await house.support(f"/users/{user.user_id}/refunds", acting=user.user_id)
    assert [refund["id"] for refund in seen.body["items"]] == [second, first]
