"""The simulated issuer behind a line that fails in the ways lines do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import Enum
from typing import Any

from wallet.contract.money import Money
from wallet.domain.cards import BankCard
from wallet.domain.issuer import IssuerUnreachableError
from wallet.storage.issuer import SimulatedIssuer

Deliver = Callable[[], Awaitable[str]]


class PowerCutError(Exception):
    """The wallet was gone while it waited for the issuer."""


class Line(Enum):
    """What becomes of the next order."""

    GOOD = "it is answered"
    NO_WAY_THERE = "it never gets there, and the wallet hears so"
    NO_WAY_BACK = "it is carried out, and the answer is lost"
    SLOW = "the wallet gives up waiting, and the order gets there later"
    CUT_BEFORE = "the wallet is gone before the order leaves"
    CUT_AFTER = "the wallet is gone before the answer is back"


class Bank:
    """An issuer like the one behind it, but for the one order that ``line`` is set for."""

    def __init__(self, issuer: SimulatedIssuer) -> None:
        self._issuer = issuer
        self.line = Line.GOOD
        self.underway: list[Deliver] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._issuer, name)

    async def authorise(self, order_id: str, card: BankCard, amount: Money, now: datetime) -> str:
        """Ask for money."""
        return await self._send(lambda: self._issuer.authorise(order_id, card, amount, now))

    async def pay_out(self, order_id: str, card: BankCard, amount: Money, now: datetime) -> str:
        """Give money."""
        return await self._send(lambda: self._issuer.pay_out(order_id, card, amount, now))

    async def _send(self, deliver: Deliver) -> str:
        line, self.line = self.line, Line.GOOD
        if line is Line.CUT_BEFORE:
            raise PowerCutError
        if line is Line.NO_WAY_THERE:
            raise IssuerUnreachableError
        if line is Line.SLOW:
            self.underway.append(deliver)
            raise IssuerUnreachableError
        code = await deliver()
        if line is Line.CUT_AFTER:
            raise PowerCutError
        if line is Line.NO_WAY_BACK:
            raise IssuerUnreachableError
        return code
