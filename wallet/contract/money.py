"""Money as whole minor units of one currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MINOR_DIGITS = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "JPY": 0}


class MoneyError(ValueError):
    """An amount that is no money: a float, a fraction of a minor unit, or two currencies mixed."""


@dataclass(frozen=True)
class Money:
    """An amount in minor units (fen, cents) of a currency named by its ISO 4217 code."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if isinstance(self.minor, bool) or not isinstance(self.minor, int):
            raise MoneyError(f"minor units are a whole number, not {self.minor!r}")
        if self.currency not in MINOR_DIGITS:
            raise MoneyError(f"unknown currency {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a decimal such as ``"600"`` or ``"6,000.50"``. Raises MoneyError for anything else."""
        if not isinstance(text, str):
            raise MoneyError(f"an amount is parsed from text, not {text!r}")
        try:
            amount = Decimal(text.replace(",", ""))
        except InvalidOperation as error:
            raise MoneyError(f"not an amount: {text!r}") from error
        if not amount.is_finite():
            raise MoneyError(f"not an amount: {text!r}")
        minor = amount.scaleb(MINOR_DIGITS.get(currency, 2))
        if minor != minor.to_integral_value():
            raise MoneyError(f"{text!r} has a fraction of a minor unit of {currency}")
        return cls(int(minor), currency)

    def to_decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.minor).scaleb(-MINOR_DIGITS[self.currency])

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} do not mix")
        return other.minor

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= self._same(other)

    def __str__(self) -> str:
        return f"{self.to_decimal():,.{MINOR_DIGITS[self.currency]}f} {self.currency}"
