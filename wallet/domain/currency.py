"""The one currency the wallet's accounts are kept in."""

from __future__ import annotations

from wallet.contract.money import Money

CURRENCY = "CNY"
ZERO = Money(0, CURRENCY)


def yuan(amount: int) -> Money:
    """A whole number of yuan."""
    return Money(amount * 100, CURRENCY)
