"""The simulated issuer: its own tables, its own transactions, and the handles the demo turns."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from wallet.contract.money import Money
from wallet.contract.payloads import CardKind
from wallet.domain.calendar_days import CalendarDays
from wallet.domain.cards import BankCard, bank_and_kind
from wallet.domain.currency import yuan
from wallet.domain.errors import NotFoundError
from wallet.domain.issuer import (
    NO_SUCH_CARD,
    NO_SUCH_ORDER,
    IssuerCard,
    IssuerCardState,
    IssuerOrder,
    answer,
    answer_by_rule,
    leaves_open,
)
from wallet.domain.movements import RESULT_EXPECTED_WITHIN
from wallet.storage.database import transaction
from wallet.storage.fingerprints import Fingerprint
from wallet.storage.issued_cards import IssuedCards
from wallet.storage.tables.cards import issuer_cards, issuer_orders

# What a card that nobody has arranged can spend.
OPENING_BALANCE = yuan(20_000)


class SimulatedIssuer:
    """Answers authorisations from the tables issuer_cards and issuer_orders."""

    def __init__(self, engine: Any, days: CalendarDays, fingerprint: Fingerprint) -> None:
        self._engine = engine
        self._days = days
        self._issued = IssuedCards(engine, fingerprint)

    async def enrol(self, number: str, expires: date, phone: str | None, now: datetime) -> str | None:
        """Bind a card and get the token by which the issuer knows it from then on; None if it is not known so."""
        if not await self._issued.know(number, expires, phone):
            return None
        recognised = bank_and_kind(number)
        kind = recognised[1] if recognised else CardKind.DEBIT
        token = f"tok_{secrets.token_hex(12)}"
        await self._keep_card(IssuerCard(token, kind, OPENING_BALANCE, IssuerCardState.ACTIVE, expires, phone, None))
        return token

    async def give_out(self, number: str, expires: date, phone: str) -> None:
        """Have a card be known with that date and that phone on file, and with no others."""
        await self._issued.keep(number, expires, phone)

    async def accepts_expiry(self, token: str, expires: date) -> bool:
        """Whether a card was re-issued with that date."""
        card = await self.card(token)
        return card is not None and card.expires == expires

    async def authorise(self, order_id: str, card: BankCard, amount: Money, now: datetime) -> str:
        """Ask for money; the answer is an ISO 8583 code."""
        return await self._take(order_id, card, amount, now)

    async def pay_out(self, order_id: str, card: BankCard, amount: Money, now: datetime) -> str:
        """Give money to the card's account, once per order; the answer is an ISO 8583 code."""
        # To give is to take less than nothing: the same answers, the same open results, the same query.
        return await self._take(order_id, card, -amount, now)

    async def _take(self, order_id: str, card: BankCard, amount: Money, now: datetime) -> str:
        async with transaction(self._engine, writes=True) as connection:
            known = await _lock_card(connection, card.token)
            if known is None:
                return NO_SUCH_CARD
            earlier = await _find_order(connection, order_id)
            if earlier is not None:
                return earlier.code_at(now)
            today = self._days.day_of(now)
            code = answer(known, card.expires, amount, today)
            final = answer_by_rule(known, card.expires, amount, today) if leaves_open(code) else None
            order = IssuerOrder(order_id, card.token, amount, code, final, now + RESULT_EXPECTED_WITHIN)
            await connection.execute(insert(issuer_orders).values(**_order_values(order)))
            # An order whose result is open may go through: its money is held from the first moment.
            if order.holds_money:
                await _change_card(connection, card.token, balance_minor=(known.balance - amount).minor)
        return code

    async def query(self, order_id: str, now: datetime) -> str:
        """Ask what became of an order; nothing moves by asking."""
        async with transaction(self._engine, writes=False) as connection:
            order = await _find_order(connection, order_id)
        return NO_SUCH_ORDER if order is None else order.code_at(now)

    async def card(self, token: str) -> IssuerCard | None:
        """The issuer's side of a card."""
        async with transaction(self._engine, writes=False) as connection:
            return _card((await connection.execute(_card_of(token))).first())

    async def arrange_card(self, token: str, *, balance: Money, expires: date, forced_code: str | None = None) -> None:
        """Make a card have a balance and a date, and answer with a code if one is given."""
        async with transaction(self._engine, writes=True) as connection:
            values = {"balance_minor": balance.minor, "expires": expires, "forced_code": forced_code}
            await _change_card(connection, token, **values)

    async def announce_result(self, order_id: str, code: str, now: datetime) -> None:
        """Have the issuer know the result of an order from now on."""
        async with transaction(self._engine, writes=True) as connection:
            order = await _find_order(connection, order_id)
            if order is None:
                raise NotFoundError("no such order")
            known = replace(order, final_code=code, answers_at=now)
            same_order = issuer_orders.c.id == order_id
            await connection.execute(update(issuer_orders).where(same_order).values(**_order_values(known)))
            await _adjust_hold(connection, order, known)

    async def _keep_card(self, card: IssuerCard) -> None:
        values = {
            "token": card.token,
            "kind": card.kind.value,
            "balance_minor": card.balance.minor,
            "currency": card.balance.currency,
            "state": card.state.value,
            "expires": card.expires,
            "phone": card.phone,
            "forced_code": card.forced_code,
        }
        async with transaction(self._engine, writes=True) as connection:
            await connection.execute(insert(issuer_cards).values(**values))


def _card_of(token: str) -> Any:
    return select(issuer_cards).where(issuer_cards.c.token == token)


async def _lock_card(connection: Any, token: str) -> IssuerCard | None:
    return _card((await connection.execute(_card_of(token).with_for_update())).first())


def _card(row: Any) -> IssuerCard | None:
    if row is None:
        return None
    return IssuerCard(
        token=row.token,
        kind=CardKind(row.kind),
        balance=Money(row.balance_minor, row.currency),
        state=IssuerCardState(row.state),
        expires=row.expires,
        phone=row.phone,
        forced_code=row.forced_code,
    )


async def _change_card(connection: Any, token: str, **values: Any) -> None:
    await connection.execute(update(issuer_cards).where(issuer_cards.c.token == token).values(**values))


async def _find_order(connection: Any, order_id: str) -> IssuerOrder | None:
    row = (await connection.execute(select(issuer_orders).where(issuer_orders.c.id == order_id))).first()
    if row is None:
        return None
    amount = Money(row.amount_minor, row.currency)
    return IssuerOrder(row.id, row.token, amount, row.code, row.final_code, row.answers_at)


async def _adjust_hold(connection: Any, before: IssuerOrder, after: IssuerOrder) -> None:
    card = await _lock_card(connection, before.token)
    if card is None or before.holds_money == after.holds_money:
        return
    balance = card.balance + before.amount if before.holds_money else card.balance - before.amount
    await _change_card(connection, card.token, balance_minor=balance.minor)


def _order_values(order: IssuerOrder) -> dict[str, Any]:
    return {
        "id": order.id,
        "token": order.token,
        "amount_minor": order.amount.minor,
        "currency": order.amount.currency,
        "code": order.code,
        "final_code": order.final_code,
        "answers_at": order.answers_at,
    }
