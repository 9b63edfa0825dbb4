"""Asking money back, the merchant's answer, and the way back to a card."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from wallet.contract.money import Money
from wallet.contract.refunds import RefundReason, RefundRejection, RefundStatus
from wallet.domain.currency import ZERO
from wallet.domain.errors import ConflictError, NotFoundError
from wallet.domain.idempotency import UsedKey, fingerprint
from wallet.domain.identifiers import new_id
from wallet.domain.issuer import IssuerUnreachableError, leaves_open
from wallet.domain.ledger import account_of
from wallet.domain.movements import APPROVED
from wallet.domain.payments import Payment
from wallet.domain.refunds import ANSWERED_WITHIN, REFUND, Refund, is_given_back, refundable
from wallet.services.movements import find_earlier
from wallet.services.ports import Refunds, UnitOfWork
from wallet.services.wallet import Wallet

SETTLED_AT_ONCE = 50

logger = logging.getLogger("wallet.refunds")


@dataclass(frozen=True)
class RefundOrder:
    """What a user asks for: an amount of a payment, all that is left of it if he names none."""

    user_id: str
    payment_id: str
    amount: Money | None
    reason: RefundReason
    idempotency_key: str


def refunds_in(unit: UnitOfWork) -> Refunds:
    """Where refunds are kept."""
    return unit.refunds


async def ask_refund(wallet: Wallet, order: RefundOrder) -> Refund:
    """Ask once per key; no money moves before the merchant has answered.

    Raises NotFoundError for a payment of somebody else, ConflictError with ``left`` for more than can be asked back.
    """
    asked = fingerprint(REFUND, order.amount or ZERO, order.payment_id, order.reason.value)
    used = UsedKey(order.user_id, order.idempotency_key, asked, new_id("rfd"))
    async with wallet.storage.writing() as unit:
        # As for spending: of requests side by side each sees what the one before it asked back.
        await unit.ledger.lock(account_of(order.user_id))
        earlier = await find_earlier(unit, unit.refunds, used)
        if earlier is not None:
            return earlier
        payment = await unit.payments.get(order.payment_id)
        if payment is None or payment.user_id != order.user_id:
            raise NotFoundError()
        left = refundable(payment, await unit.refunds.of_payment(payment.id), wallet.now())
        refund = _asked_of(payment, used.movement_id, order, order.amount or left, wallet.now())
        if not ZERO < refund.amount <= left:
            raise ConflictError("so much cannot be asked back", left_minor=left.minor, currency=left.currency)
        await unit.refunds.add(refund)
        await unit.keys.add(used)
        return refund


async def decide_refund(wallet: Wallet, refund_id: str, rejection: RefundRejection | None) -> Refund:
    """The merchant's answer: granted if there is no reason to reject it. Raises ConflictError if he had answered."""
    now = wallet.now()
    async with wallet.storage.writing() as unit:
        asked = await unit.refunds.get(refund_id)
        if asked is None:
            raise NotFoundError("no such refund")
        await unit.ledger.lock(account_of(asked.user_id))
        # Read again: somebody may have decided it before the lock.
        refund = await unit.refunds.get(refund_id)
        if refund is None or not refund.is_undecided:
            raise ConflictError("the merchant has answered already")
        decided = refund.granted(now) if rejection is None else refund.rejected(rejection.value, now)
        await unit.refunds.update(decided)
        if decided.status is not RefundStatus.REJECTED:
            await unit.ledger.book(decided.granting(new_id("jrn"), now))
            await _mark_payment(unit, decided)
    return decided


async def settle_due_refunds(wallet: Wallet) -> None:
    """Have what is due arrive at its cards. What a card does not take any more goes to the balance."""
    async with wallet.storage.reading() as unit:
        due = await unit.refunds.due(wallet.now(), SETTLED_AT_ONCE)
    for refund in due:
        try:
            await _settle(wallet, refund)
        except Exception:
            # Those behind it are due all the same; this one is tried again in the next round.
            logger.exception("a refund could not be settled", extra={"fields": {"refund": refund.id}})


def _asked_of(payment: Payment, refund_id: str, order: RefundOrder, amount: Money, now: datetime) -> Refund:
    return Refund(
        id=refund_id,
        user_id=payment.user_id,
        payment_id=payment.id,
        merchant=payment.merchant,
        amount=amount,
        card_id=payment.card_id,
        status=RefundStatus.REQUESTED,
        reason=order.reason.value,
        rejection=None,
        requested_at=now,
        decided_at=None,
        expected_by=now + ANSWERED_WITHIN,
    )


async def _mark_payment(unit: UnitOfWork, granted: Refund) -> None:
    payment = await unit.payments.get(granted.payment_id)
    if payment is not None and is_given_back(payment, await unit.refunds.of_payment(payment.id)):
        await unit.payments.update(payment.refunded())


async def _settle(wallet: Wallet, refund: Refund) -> None:
    async with wallet.storage.reading() as unit:
        card = await unit.cards.get(refund.card_id) if refund.card_id else None
    if card is None:
        return
    try:
        code = await wallet.issuer.pay_out(refund.id, card, refund.amount, wallet.now())
    except IssuerUnreachableError:
        return
    # Asked again in the next round: the issuer pays an order out once.
    if leaves_open(code):
        return
    async with wallet.storage.writing() as unit:
        await unit.ledger.lock(account_of(refund.user_id))
        current = await unit.refunds.get(refund.id)
        if current is None or not current.is_due(wallet.now()):
            return
        arrived = (current if code == APPROVED else current.to_balance()).arrived()
        await unit.refunds.update(arrived)
        await unit.ledger.book(arrived.arrival(new_id("jrn"), wallet.now()))
