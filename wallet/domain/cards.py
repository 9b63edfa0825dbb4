"""Bank cards as the wallet knows them, and what a card number tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wallet.contract.payloads import CardKind, CardState

# First six digits of the cards the simulated issuers give out.
_PREFIXES = {
    "620001": ("jianghai", CardKind.DEBIT),
    "620002": ("jianghai", CardKind.CREDIT),
    "620101": ("yuanshan", CardKind.DEBIT),
    "620102": ("yuanshan", CardKind.CREDIT),
    "620201": ("xingang", CardKind.DEBIT),
    "620202": ("xingang", CardKind.CREDIT),
}


@dataclass(frozen=True)
class BankCard:
    """A card bound to a user. ``token`` is the issuer's name for it; the number is never kept."""

    id: str
    user_id: str
    token: str
    bank: str
    last_four: str
    kind: CardKind
    phone: str | None
    expires: date
    frozen_at: datetime | None
    removed_at: datetime | None
    bound_at: datetime

    def state_on(self, day: date) -> CardState:
        """Removed outweighs frozen, frozen outweighs expired."""
        if self.removed_at is not None:
            return CardState.REMOVED
        if self.frozen_at is not None:
            return CardState.FROZEN
        return CardState.EXPIRED if self.expires < day else CardState.ACTIVE


def bank_and_kind(number: str) -> tuple[str, CardKind] | None:
    """Which bank gave out a card number and of what kind it is; None when it is no card number we know."""
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19 and passes_luhn(number)):
        return None
    return _PREFIXES.get(number[:6])


def prefix_of(bank: str, kind: CardKind) -> str:
    """The first six digits of a bank's cards of a kind."""
    return next(prefix for prefix, issued in _PREFIXES.items() if issued == (bank, kind))


def passes_luhn(number: str) -> bool:
    """Whether the check digit fits, which catches any one wrong digit."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0
