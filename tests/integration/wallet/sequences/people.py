"""The users of a sequence as its author knows them, and whether a decision about them was right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.integration.wallet.laws import MOVED_OR_MAYBE_MOVED
from tests.integration.wallet.rows import Rows
from tests.integration.wallet.sequences.quotas import FEE_DIVISOR, FREE_QUOTAS, day_of, month_of, tariff_of

# In fen, by identity level: the most of a payment, of a day, and of what a transfer may fill an account up to.
MAXIMA = {1: (1_000_00, 2_000_00, 5_000_00), 2: (5_000_00, 10_000_00, 200_000_00), 3: (20_000_00, 50_000_00, None)}


@dataclass
class Plastic:
    """A bound card."""

    id: str
    token: str
    kind: str
    frozen: bool = False


@dataclass
class Person:
    """A user. ``per_payment`` and ``per_day`` are what he chose, in fen; None where he left it to his level."""

    id: str
    level: int
    frozen: bool = False
    per_payment: int | None = None
    per_day: int | None = None
    cards: list[Plastic] = field(default_factory=list)

    def card(self, card_id: str | None) -> Plastic | None:
        """His card of that id."""
        return next((card for card in self.cards if card.id == card_id), None)


def check_decision(people: list[Person], before: Rows, made: Any) -> None:
    """Assert that what was just made was refused for a reason that is so, or that there was none to refuse it."""
    (person,) = (each for each in people if each.id == made.user_id)
    reasons = dict(_reasons(people, person, before, made))
    if made.status == "declined" and made.issuer_code is None:
        assert reasons.get(made.cause, True), f"declined for {made.cause}, which is not so"
    else:
        assert not any(reasons.values()), f"accepted in spite of {[name for name, so in reasons.items() if so]}"
    _check_fee(before, made)


def _reasons(people: list[Person], person: Person, before: Rows, made: Any) -> dict[str, bool]:
    kind, _ = tariff_of(made)
    card = person.card(made.card_id)
    reasons = {"account_frozen": person.frozen, "card_frozen": card is not None and card.frozen}
    if kind in ("transfer", "withdrawal") or (kind == "payment" and card is None):
        balance = before.balances[f"user:{person.id}"]
        reasons["balance_too_low"] = balance < made.amount_minor + made.fee_minor
    if kind in ("payment", "transfer"):
        reasons |= _reasons_of_limits(person, before, made)
    if kind == "transfer":
        reasons |= _reasons_of_recipient(people, person, before, made)
    return reasons


def _reasons_of_limits(person: Person, before: Rows, made: Any) -> dict[str, bool]:
    per_payment, per_day, _ = MAXIMA[person.level]
    used = sum(
        row.amount_minor
        for row in (*before.payments, *before.transfers)
        if row.user_id == person.id
        and row.status in MOVED_OR_MAYBE_MOVED
        and day_of(row.created_at) == day_of(made.created_at)
    )
    return {
        "over_payment_limit": made.amount_minor > min(person.per_payment or per_payment, per_payment),
        "over_daily_limit": used + made.amount_minor > min(person.per_day or per_day, per_day),
    }


def _reasons_of_recipient(people: list[Person], person: Person, before: Rows, made: Any) -> dict[str, bool]:
    recipient = next((each for each in people if each.id == made.recipient_id), None)
    reasons = {"identity_incomplete": person.level == 1, "recipient_not_found": recipient is None}
    if recipient is not None:
        *_, holds = MAXIMA[recipient.level]
        is_full = holds is not None and before.balances[f"user:{recipient.id}"] + made.amount_minor > holds
        reasons["recipient_not_allowed"] = recipient is person or recipient.frozen or is_full
    return reasons


def _check_fee(before: Rows, made: Any) -> None:
    tariff = tariff_of(made)
    if tariff not in FREE_QUOTAS:
        return
    used = sum(
        row.amount_minor
        for row in before.movements
        if row.user_id == made.user_id
        and row.status in MOVED_OR_MAYBE_MOVED
        and tariff_of(row) == tariff
        and month_of(row.created_at) == month_of(made.created_at)
    )
    charged = max(0, made.amount_minor - max(0, FREE_QUOTAS[tariff] - used))
    assert made.fee_minor == charged // FEE_DIVISOR, f"{made.id}: {used} fen of the month's free quota were used"
