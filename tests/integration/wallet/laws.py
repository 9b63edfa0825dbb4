"""What holds of a wallet's rows at every moment, counted anew and not by the wallet's own functions."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.integration.wallet.rows import Reader, Rows

OPEN = ("pending", "unknown")
MOVED_OR_MAYBE_MOVED = ("succeeded", *OPEN)
PAID = ("succeeded", "refunded")
CARD_OPENS_WITH = 20_000_00


def check(rows: Rows) -> None:
    """Assert every law."""
    entries_balance(rows)
    nobody_owes(rows)
    balances_follow_from_movements(rows)
    keys_make_one_movement_each(rows)
    issuer_and_books_agree(rows)
    issuer_holds_what_it_approved(rows)
    no_more_is_given_back_than_was_paid(rows)


def entries_balance(rows: Rows) -> None:
    sums: Counter[str] = Counter()
    for row in rows.postings:
        sums[row.entry_id] += row.amount_minor
    assert not any(sums.values()), "an entry that does not sum to zero"
    assert set(sums) == {entry.id for entry in rows.journal_entries}


def nobody_owes(rows: Rows) -> None:
    owing = {name: fen for name, fen in rows.balances.items() if name.startswith("user:") and fen < 0}
    assert owing == {}, "a balance below zero"


def balances_follow_from_movements(rows: Rows) -> None:
    """Each balance, of the house as of users; so what is held for banks and cards is what is on its way there."""
    expected: Counter[str] = Counter()
    for account, amount in _moves(rows):
        expected[account] += amount
    names = {*expected, *rows.balances}
    assert {name: rows.balances[name] for name in names} == {name: expected[name] for name in names}


def _moves(rows: Rows) -> Iterator[tuple[str, int]]:
    for row in rows.payments:
        if row.status in PAID:
            yield "house:clearing" if row.card_id else f"user:{row.user_id}", -row.amount_minor - row.fee_minor
            yield from (("house:merchants", row.amount_minor), ("house:fees", row.fee_minor))
    for row in rows.topups:
        if row.status == "succeeded":
            yield "house:clearing", -row.amount_minor - row.fee_minor
            yield from ((f"user:{row.user_id}", row.amount_minor), ("house:fees", row.fee_minor))
    for row in rows.transfers:
        if row.status == "succeeded":
            yield f"user:{row.user_id}", -row.amount_minor - row.fee_minor
            yield from ((f"user:{row.recipient_id}", row.amount_minor), ("house:fees", row.fee_minor))
    for row in rows.withdrawals:
        if row.status in MOVED_OR_MAYBE_MOVED:
            yield f"user:{row.user_id}", -row.amount_minor - row.fee_minor
        if row.status in OPEN:
            yield "house:withdrawals", row.amount_minor + row.fee_minor
        if row.status == "succeeded":
            yield from (("house:clearing", row.amount_minor), ("house:fees", row.fee_minor))
    for row in rows.refunds:
        if row.status in ("approved", "succeeded"):
            yield "house:merchants", -row.amount_minor
        if row.status == "approved":
            yield "house:refunds", row.amount_minor
        if row.status == "succeeded":
            yield "house:clearing" if row.card_id else f"user:{row.user_id}", row.amount_minor


def keys_make_one_movement_each(rows: Rows) -> None:
    made_by_keys = [key.movement_id for key in rows.idempotency_keys]
    assert sorted(made_by_keys) == sorted(rows.made), "a key that made nothing or two, or a movement without a key"


def issuer_and_books_agree(rows: Rows) -> None:
    orders = {order.id: order for order in rows.issuer_orders}
    for row in rows.made.values():
        order = orders.get(row.id)
        is_open = row.status in (*OPEN, "requested", "approved")
        approved = order.amount_minor if order and not is_open and _is_approved(order) else 0
        # Cash and bank transfers come from no card, and no issuer is asked about them.
        if order or row.card_id:
            assert rows.came_from_cards[row.id] == approved, f"{row.id} is {row.status}, and its issuer disagrees"
    assert set(orders) <= set(rows.made)


def issuer_holds_what_it_approved(rows: Rows) -> None:
    taken: Counter[str] = Counter()
    for order in rows.issuer_orders:
        taken[order.token] += order.amount_minor if _is_approved(order) else 0
    for card in rows.issuer_cards:
        assert card.balance_minor == CARD_OPENS_WITH - taken[card.token], "an issuer holds what it has not approved"


def _is_approved(order: Any) -> bool:
    return "00" in (order.code, order.final_code)


def no_more_is_given_back_than_was_paid(rows: Rows) -> None:
    of_payment: dict[str, list[Any]] = defaultdict(list)
    for refund in rows.refunds:
        of_payment[refund.payment_id].append(refund)
    for payment in rows.payments:
        refunds = of_payment[payment.id]
        granted = sum(each.amount_minor for each in refunds if each.status in ("approved", "succeeded"))
        assert (
            granted + sum(each.amount_minor for each in refunds if each.status == "requested") <= payment.amount_minor
        )
        assert (payment.status == "refunded") == (granted == payment.amount_minor)
        assert not refunds or payment.status in PAID


async def check_at(url: str) -> None:
    """Assert every law of the database at an address."""

    def read_and_check() -> None:
        reader = Reader(url)
        try:
            check(reader.read())
        finally:
            reader.close()

    await asyncio.to_thread(read_and_check)
