"""Results that are late: the issuer is asked for them in the background, though the user never asks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.integration.wallet.books import balances, force_answer, issuer_balance
from tests.integration.wallet.house import House, SignedIn
from wallet.background import Background
from wallet.domain.currency import yuan
from wallet.services.overdue import query_overdue
from wallet.services.payments import PaymentOrder, pay
from wallet.services.ports import Issuer


class WatchedBank:
    """The issuer, with what it is asked about written down; it breaks over one order, and over each that is new."""

    def __init__(self, issuer: Issuer, breaks_over: str | None = None) -> None:
        self._issuer = issuer
        self._breaks_over = breaks_over
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._issuer, name)

    async def query(self, order_id: str, now: Any) -> str:
        self.asked.append(order_id)
        if order_id == self._breaks_over:
            raise RuntimeError("an answer nobody understands")
        return await self._issuer.query(order_id, now)

    async def authorise(self, *_: Any) -> str:
        raise RuntimeError("the wallet was killed here")


async def test_a_withdrawal_nobody_asks_about_reaches_the_bank_when_its_time_is_up(house: House) -> None:
    user, made = await with_open_withdrawal(house)
    house.clock.advance(hours=2)
    await query_overdue(house.stage.wallet)
    assert await status(house, made) == "succeeded"
    assert (await held(house), await issuer_balance(house, user.user_id)) == (0, yuan(20_200))
    assert await balances(house, user.user_id) == {"user": 30000, "clearing": -30000, "merchants": 0, "fees": 0}


async def test_a_withdrawal_the_bank_declined_in_the_end_comes_back(house: House) -> None:
    user, made = await with_open_withdrawal(house)
    await house.stage.issuer.announce_result(made, "05", house.clock())
    house.clock.advance(hours=2)
    await query_overdue(house.stage.wallet)
    assert await status(house, made) == "declined"
    assert await held(house) == 0
    assert (await balances(house, user.user_id))["user"] == 50000


async def test_nothing_is_asked_before_its_time_is_up(house: House) -> None:
    _, made = await with_open_withdrawal(house)
    await house.stage.issuer.announce_result(made, "00", house.clock())
    house.clock.advance(minutes=119)
    await query_overdue(house.stage.wallet)
    assert (await status(house, made), await held(house)) == ("unknown", 20000)


async def test_payments_and_topups_whose_result_is_late_are_settled_too(house: House) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "91")
    await user.pay("80", card_id)
    await user.top_up("30", "bank_card_debit", card_id)
    house.clock.advance(hours=2)
    await query_overdue(house.stage.wallet)
    assert await balances(house, user.user_id) == {"user": 3000, "clearing": -11000, "merchants": 8000, "fees": 0}


async def test_a_payment_left_pending_by_a_wallet_that_was_killed_is_declined_if_the_issuer_never_heard_of_it(
    house: House,
) -> None:
    user = await house.user()
    card_id = await user.bind_card()
    order = PaymentOrder(user.user_id, yuan(80), "蓝山咖啡", card_id, "手机", "one")
    with pytest.raises(RuntimeError):
        await pay(replace(house.stage.wallet, issuer=WatchedBank(house.stage.wallet.issuer)), order)
    (payment,) = (await user.get("/v1/payments")).body["items"]
    assert payment["status"] == "pending"
    house.clock.advance(hours=2)
    await query_overdue(house.stage.wallet)
    again = await house.signed_in(user.user_id)
    assert (await again.get(f"/v1/payments/{payment['id']}")).body["status"] == "declined"


async def test_of_one_that_fails_the_others_do_not_suffer(house: House) -> None:
    made = [(await with_open_withdrawal(house))[1] for _ in range(3)]
    house.clock.advance(hours=2)
    bank = WatchedBank(house.stage.wallet.issuer, breaks_over=made[1])
    await query_overdue(replace(house.stage.wallet, issuer=bank))
    assert [await status(house, each) for each in made] == ["succeeded", "unknown", "succeeded"]
    await query_overdue(house.stage.wallet)
    assert await status(house, made[1]) == "succeeded"


async def test_a_round_asks_about_so_many_and_the_next_one_about_more(house: House) -> None:
    for _ in range(3):
        await with_open_withdrawal(house)
    house.clock.advance(hours=2)
    bank = WatchedBank(house.stage.wallet.issuer)
    wallet = replace(house.stage.wallet, issuer=bank)
    await query_overdue(wallet, at_once=2)
    assert (len(bank.asked), await held(house)) == (2, 20000)
    await query_overdue(wallet, at_once=2)
    assert (len(bank.asked), await held(house)) == (3, 0)


async def test_what_stays_open_does_not_stand_before_the_rest(house: House) -> None:
    stuck = [(await with_open_withdrawal(house))[1] for _ in range(3)]
    for each in stuck:
        await house.stage.issuer.announce_result(each, "68", house.clock())
    house.clock.advance(minutes=1)
    _, last = await with_open_withdrawal(house)
    house.clock.advance(hours=2)
    for _ in range(300):
        await query_overdue(house.stage.wallet, at_once=1)
        if await status(house, last) == "succeeded":
            break
    assert [await status(house, each) for each in (*stuck, last)] == ["unknown"] * 3 + ["succeeded"]


async def test_the_wallet_asks_by_itself_while_it_serves(house: House) -> None:
    _, made = await with_open_withdrawal(house)
    house.clock.advance(hours=2)
    background = Background(house.stage.wallet, (), keeps_text=True, asking_seconds=0.05)
    background.start()
    try:
        for _ in range(600):
            if await status(house, made) == "succeeded":
                break
            await asyncio.sleep(0.05)
    finally:
        await background.stop()
    assert (await status(house, made), await held(house)) == ("succeeded", 0)


async def with_open_withdrawal(house: House) -> tuple[SignedIn, str]:
    """A user with 500 yuan of whom 200 are on their way, and the withdrawal's id; the bank knows in two hours."""
    user = await house.user(balance="500")
    card_id = await user.bind_card()
    await force_answer(house, user.user_id, "68")
    made = (await user.withdraw("200", card_id)).body
    assert made["status"] == "unknown"
    return user, str(made["id"])


async def status(house: House, withdrawal_id: str) -> str:
    async with house.stage.wallet.storage.reading() as unit:
        withdrawal = await unit.withdrawals.get(withdrawal_id)
    assert withdrawal is not None
    return withdrawal.status.value


async def held(house: House) -> int:
    async with house.stage.wallet.storage.reading() as unit:
        return (await unit.ledger.balance("house:withdrawals")).minor
