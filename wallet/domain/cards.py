"""Bank cards as the wallet knows them, and what a card number tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import yaml

from wallet.contract.payloads import CardKind, CardState

# Usable ones. Somebody's own cards are fewer; who tries stolen ones has more.
CARDS_MAXIMUM = 5
# No bank gives out a card for longer: a date beyond it is a typing mistake.
VALID_FOR_YEARS_MAXIMUM = 20

_PREFIXES_FILE = Path(__file__).parent / "card_prefixes.yml"
_PREFIX_LENGTH = 6


@dataclass(frozen=True)
class BankCard:
    """A card bound to a user. ``token`` is the issuer's name for it; the number is never kept.

    ``number_fingerprint`` is keyed and of this user's card alone; None for cards bound before there was one.
    """

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
    number_fingerprint: str | None = None

    def state_on(self, day: date) -> CardState:
        """Removed outweighs frozen, frozen outweighs expired."""
        if self.removed_at is not None:
            return CardState.REMOVED
        if self.frozen_at is not None:
            return CardState.FROZEN
        return CardState.EXPIRED if self.expires < day else CardState.ACTIVE

    def is_numbered(self, number: str, fingerprint: str) -> bool:
        """Whether it is the card of a number with that fingerprint, as far as the wallet can know.

        Of one without a fingerprint bank, kind and last digits are known. They outweigh the chance that somebody has
        another such card: a frozen one that is not known again would be free once it is bound anew.
        """
        if self.number_fingerprint is not None:
            return self.number_fingerprint == fingerprint
        return (self.bank, self.kind) == bank_and_kind(number) and self.last_four == number[-4:]


def bank_and_kind(number: str) -> tuple[str, CardKind] | None:
    """Which bank gave out a card number and of what kind it is; None when it is no card number we know."""
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19 and passes_luhn(number)):
        return None
    return _prefixes().get(number[:_PREFIX_LENGTH])


def prefix_of(bank: str, kind: CardKind) -> str:
    """The first six digits of a bank's cards of a kind."""
    return next(prefix for prefix, issued in _prefixes().items() if issued == (bank, kind))


def is_plausible_expiry(expires: date, today: date) -> bool:
    """Whether a card may bear that date today: neither past nor further off than any bank goes."""
    return today <= expires and expires.year - today.year <= VALID_FOR_YEARS_MAXIMUM


def passes_luhn(number: str) -> bool:
    """Whether the check digit fits, which catches any one wrong digit."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


@cache
def _prefixes() -> Mapping[str, tuple[str, CardKind]]:
    banks: dict[str, dict[str, list[str]]] = yaml.safe_load(_PREFIXES_FILE.read_text(encoding="utf-8"))
    return {
        prefix: (bank, CardKind(kind))
        for bank, kinds in banks.items()
        for kind, prefixes in kinds.items()
        for prefix in prefixes
    }
