"""Taking money out of the balance, to one's own bank card."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, MovementStatus
from wallet.domain.cards import BankCard
from wallet.domain.errors import ConflictError
from wallet.domain.idempotency import UsedKey, fingerprint
from wallet.domain.identifiers import new_id
from wallet.domain.ledger import account_of
from wallet.domain.withdrawals import (
    WITHDRAWAL,
    Withdrawal,
    WithdrawalChannel,
    refusal_by_withdrawal_channel,
)
from wallet.services.accounts import known_user
from wallet.services.cards import bound_card
from wallet.services.fees import fee_of
from wallet.services.movements import ask_issuer, find_earlier, record
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.wallet import Wallet

# The one channel so far; fee rules and incidents of withdrawals name it.
TO_BANK_CARD = "bank_card"


@dataclass(frozen=True)
class WithdrawalOrder:
    """What a user asks for."""

    user_id: str
    amount: Money
    card_id: str
    idempotency_key: str


def withdrawals_in(unit: UnitOfWork) -> Movements[Withdrawal]:
    """Where withdrawals are kept."""
    return unit.withdrawals


async def withdraw(wallet: Wallet, order: WithdrawalOrder) -> Withdrawal:
    """Withdraw once per key. The money is held before the bank is asked; a decline gives it back."""
    asked = fingerprint(WITHDRAWAL, order.amount, order.card_id)
    withdrawal_id = new_id("wdr")
    used = UsedKey(order.user_id, order.idempotency_key, asked, withdrawal_id)
    async with wallet.storage.writing() as unit:
        await unit.ledger.lock(account_of(order.user_id))
        earlier = await find_earlier(unit, unit.withdrawals, used)
        if earlier is not None:
            return earlier
        card = await bound_card(unit, order.user_id, order.card_id)
        withdrawal = await _decide(wallet.at_one_moment(), unit, order, withdrawal_id, card)
        await record(wallet, unit, unit.withdrawals, withdrawal, used)
    if withdrawal.status is not MovementStatus.PENDING:
        return withdrawal
    answer = wallet.issuer.pay_out(withdrawal.id, card, withdrawal.amount, wallet.now())
    return await ask_issuer(wallet, withdrawals_in, withdrawal, answer)


async def _decide(
    wallet: Wallet, unit: UnitOfWork, order: WithdrawalOrder, withdrawal_id: str, card: BankCard
) -> Withdrawal:
    channel = await unit.offers.withdrawal_channel(TO_BANK_CARD, wallet.now())
    if channel is None:
        raise ConflictError("this wallet offers no withdrawals")
    withdrawal = Withdrawal(
        id=withdrawal_id,
        user_id=order.user_id,
        amount=order.amount,
        fee=await fee_of(wallet, unit, FeeKind.WITHDRAWAL, channel.code, order.amount, order.user_id),
        card_id=card.id,
        status=MovementStatus.PENDING,
        cause=None,
        issuer_code=None,
        created_at=wallet.now(),
        result_expected_by=None,
        channel=channel.code,
    )
    cause = await _refusal(unit, withdrawal, channel, card)
    return withdrawal.pending() if cause is None else withdrawal.declined(cause)


async def _refusal(
    unit: UnitOfWork, withdrawal: Withdrawal, channel: WithdrawalChannel, card: BankCard
) -> Cause | None:
    user = await known_user(unit, withdrawal.user_id)
    if not user.may_move_money:
        return Cause.ACCOUNT_FROZEN
    refused = refusal_by_withdrawal_channel(channel, withdrawal.amount, card.kind)
    if refused is not None:
        return refused
    if card.frozen_at is not None:
        return Cause.CARD_FROZEN
    balance = await unit.ledger.balance(account_of(user.id))
    return Cause.BALANCE_TOO_LOW if balance < withdrawal.total else None
