"""Payments: who may, what moves, and that it moves once."""

from __future__ import annotations

import asyncio
from typing import Any


async def test_a_payment_from_the_balance_succeeds_and_moves_the_money(house: Any) -> None:
    user = await house.user(balance="100")
    answer = await user.pay("35.60")
    assert (answer.status, answer.body["status"], answer.body["cause"]) == (201, "succeeded", None)
    assert await user.balance() == 6440
