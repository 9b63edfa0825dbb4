"""An order during which midnight passes belongs to one day: the same for its limit, its free quota and its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tests.integration.wallet.house import NOON, House, TickingClock
from wallet.contract.payloads import FeeKind, MovementStatus
from wallet.domain.currency import ZERO, yuan
from wallet.domain.fees import FeeRule
from wallet.domain.limits import ChosenLimits
from wallet.services.limits import choose_limits
from wallet.services.payments import PaymentOrder, pay
from wallet.services.transfers import TransferOrder, transfer
from wallet.services.wallet import Wallet

MIDNIGHT = datetime(2026, 3, 31, 16, tzinfo=timezone.utc)  # the first of April in Shanghai
LOOKS = range(1, 10)  # at the clock, before midnight; an order looks at it less often


@pytest.mark.parametrize("kind", ["payment", "transfer"])
async def test_the_limit_of_a_day_holds_for_what_is_recorded_on_it(house: House, kind: str) -> None:
    for looks in LOOKS:
        clock = TickingClock(NOON.replace(day=31))
        wallet, user_id = await at_noon(house, clock)
        await choose_limits(wallet, user_id, ChosenLimits(None, yuan(100)))
        orders = []
        for key in ("noon", "midnight"):
            made = await order(house, wallet, user_id, kind, key)
            if made.status is MovementStatus.SUCCEEDED:
                orders.append(wallet.days.day_of(made.created_at))
            clock.now = MIDNIGHT - timedelta(microseconds=looks)
        assert len(orders) == len(set(orders))


@pytest.mark.parametrize("kind", ["payment", "transfer"])
async def test_an_order_costs_what_it_costs_in_the_month_it_is_recorded_in(house: House, kind: str) -> None:
    await charge(house)
    for looks in LOOKS:
        clock = TickingClock(NOON.replace(day=31))
        wallet, user_id = await at_noon(house, clock)
        await order(house, wallet, user_id, kind, "noon")
        clock.now = MIDNIGHT - timedelta(microseconds=looks)
        made = await order(house, wallet, user_id, kind, "midnight")
        assert made.fee == (yuan(1) if made.created_at < MIDNIGHT else ZERO)


async def at_noon(house: House, clock: TickingClock) -> tuple[Wallet, str]:
    user = await house.user(balance="500")
    return replace(house.stage.wallet, clock=clock), user.user_id


async def order(house: House, wallet: Wallet, user_id: str, kind: str, key: str) -> Any:
    if kind == "payment":
        return await pay(wallet, PaymentOrder(user_id, yuan(100), "蓝山咖啡", None, "手机", key))
    return await transfer(wallet, TransferOrder(user_id, yuan(100), await house.open_user(), key))


async def charge(house: House) -> None:
    async with house.stage.wallet.storage.writing() as unit:
        for kind, channel in ((FeeKind.PAYMENT, "balance"), (FeeKind.TRANSFER, "wallet")):
            await unit.offers.put_fee_rule(FeeRule(kind, channel, Decimal("0.01"), ZERO, yuan(100), None))
