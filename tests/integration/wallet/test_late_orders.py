"""An order that the wallet gave up waiting for may still reach the issuer; it is not undone before it cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.integration.wallet.books import issuer_balance
from tests.integration.wallet.house import House, SignedIn
from tests.integration.wallet.sequences.bank import Bank, Line
from wallet.contract.payloads import MovementStatus
from wallet.domain.currency import yuan
from wallet.services.movements import query_issuer
from wallet.services.payments import PaymentOrder, pay, payments_in
from wallet.services.withdrawals import WithdrawalOrder, withdraw, withdrawals_in


@pytest.mark.parametrize("kind", ["payment", "withdrawal"])
async def test_an_order_that_arrives_after_it_was_asked_about_is_carried_out(house: House, kind: str) -> None:
    user = await house.user(balance="100")
    wallet, bank, made, places = await give_up_waiting(house, user, kind)
    asked = await query_issuer(wallet, places, user.user_id, made.id)
    assert (asked.status, await user.balance()) == (MovementStatus.UNKNOWN, 0 if kind == "withdrawal" else 10000)
    assert await bank.underway[0]() == "00"
    asked = await query_issuer(wallet, places, user.user_id, made.id)
    assert asked.status is MovementStatus.SUCCEEDED
    assert await issuer_balance(house, user.user_id) == yuan(20_100 if kind == "withdrawal" else 19_900)


@pytest.mark.parametrize("kind", ["payment", "withdrawal"])
async def test_an_order_that_never_arrived_is_declined_when_its_time_is_up(house: House, kind: str) -> None:
    user = await house.user(balance="100")
    wallet, _, made, places = await give_up_waiting(house, user, kind)
    house.clock.now = made.result_expected_by
    asked = await query_issuer(wallet, places, user.user_id, made.id)
    assert asked.status is MovementStatus.DECLINED
    assert await (await house.signed_in(user.user_id)).balance() == 10000
    assert await issuer_balance(house, user.user_id) == yuan(20_000)


async def give_up_waiting(house: House, user: SignedIn, kind: str) -> tuple[Any, Bank, Any, Any]:
    bank = Bank(house.stage.issuer)
    bank.line = Line.SLOW
    wallet: Any = replace(house.stage.wallet, issuer=bank)  # type: ignore[arg-type]
    card_id = await user.bind_card()
    if kind == "withdrawal":
        made: Any = await withdraw(wallet, WithdrawalOrder(user.user_id, yuan(100), card_id, "one"))
        return wallet, bank, made, withdrawals_in
    made = await pay(wallet, PaymentOrder(user.user_id, yuan(100), "蓝山咖啡", card_id, "手机", "one"))
    return wallet, bank, made, payments_in
