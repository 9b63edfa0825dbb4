"""Paying a merchant."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, MovementStatus
from wallet.domain.cards import BankCard
from wallet.domain.idempotency import UsedKey, fingerprint
from wallet.domain.identifiers import new_id
from wallet.domain.ledger import account_of
from wallet.domain.limits import SpendingLimits, refusal_by_limits
from wallet.domain.payments import FROM_BALANCE, FROM_CARD, PAYMENT, Payment
from wallet.services.accounts import known_user
from wallet.services.cards import bound_card
from wallet.services.fees import fee_of
from wallet.services.limits import limits_of
from wallet.services.movements import ask_issuer, find_earlier, record
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.wallet import Wallet


@dataclass(frozen=True)
class PaymentOrder:
    """What a user asks for. Without a card the balance pays."""

    user_id: str
    amount: Money
    merchant: str
    card_id: str | None
    device: str
    idempotency_key: str


def payments_in(unit: UnitOfWork) -> Movements[Payment]:
    """Where payments are kept."""
    return unit.payments


async def pay(wallet: Wallet, order: PaymentOrder) -> Payment:
    """Pay once per key. A declined payment is an answer like any other, with its cause."""
    asked = fingerprint(PAYMENT, order.amount, order.merchant, order.card_id)
    payment_id = new_id("pay")
    used = UsedKey(order.user_id, order.idempotency_key, asked, payment_id)
    async with wallet.storage.writing() as unit:
        # First of all, so that of payments side by side each sees what the one before it left.
        await unit.ledger.lock(account_of(order.user_id))
        earlier = await find_earlier(unit, unit.payments, used)
        if earlier is not None:
            return earlier
        card = await bound_card(unit, order.user_id, order.card_id) if order.card_id else None
        payment = await _decide(wallet.at_one_moment(), unit, order, payment_id, card)
        await record(wallet, unit, unit.payments, payment, used)
    if card is None or payment.status is not MovementStatus.PENDING:
        return payment
    answer = wallet.issuer.authorise(payment.id, card, payment.total, wallet.now())
    return await ask_issuer(wallet, payments_in, payment, answer)


async def _decide(
    wallet: Wallet, unit: UnitOfWork, order: PaymentOrder, payment_id: str, card: BankCard | None
) -> Payment:
    source = FROM_BALANCE if card is None else FROM_CARD
    payment = Payment(
        id=payment_id,
        user_id=order.user_id,
        amount=order.amount,
        fee=await fee_of(wallet, unit, FeeKind.PAYMENT, source, order.amount, order.user_id),
        card_id=order.card_id,
        status=MovementStatus.PENDING,
        cause=None,
        issuer_code=None,
        created_at=wallet.now(),
        result_expected_by=None,
        merchant=order.merchant,
        device=order.device,
    )
    cause = await _refusal(wallet, unit, payment, card)
    if cause is not None:
        return payment.declined(cause)
    return payment.succeeded() if card is None else payment.pending()


async def _refusal(wallet: Wallet, unit: UnitOfWork, payment: Payment, card: BankCard | None) -> Cause | None:
    user = await known_user(unit, payment.user_id)
    if not user.may_move_money:
        return Cause.ACCOUNT_FROZEN
    if card is not None and card.frozen_at is not None:
        return Cause.CARD_FROZEN
    limits = await limits_of(wallet, unit, user)
    in_force = SpendingLimits(limits.per_payment, limits.per_day)
    over_limit = refusal_by_limits(payment.amount, in_force, limits.used_today)
    if over_limit is not None:
        return over_limit
    if card is None and await unit.ledger.balance(account_of(user.id)) < payment.total:
        return Cause.BALANCE_TOO_LOW
    return None
