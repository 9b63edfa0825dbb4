"""Sending money to another user of the wallet."""

from __future__ import annotations

from dataclasses import dataclass, field

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, MovementStatus
from wallet.domain.currency import ZERO
from wallet.domain.errors import TooManyRequestsError
from wallet.domain.idempotency import UsedKey, fingerprint
from wallet.domain.identifiers import new_id
from wallet.domain.ledger import account_of
from wallet.domain.limits import SpendingLimits, refusal_by_limits
from wallet.domain.masking import mask_login
from wallet.domain.transfers import MISSES, MISSES_A_DAY, TRANSFER, Transfer, refusal_by_recipient, refusal_by_sender
from wallet.domain.users import User
from wallet.services.accounts import known_user
from wallet.services.fees import fee_of
from wallet.services.limits import limits_of
from wallet.services.movements import find_earlier, record
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.wallet import Wallet

# The one channel so far; fee rules of transfers name it.
TO_WALLET = "wallet"


@dataclass(frozen=True)
class TransferOrder:
    """What a user asks for. ``recipient`` is a phone, an e-mail or a name in the wallet."""

    user_id: str
    amount: Money
    recipient: str = field(repr=False)
    idempotency_key: str


def transfers_in(unit: UnitOfWork) -> Movements[Transfer]:
    """Where transfers are kept."""
    return unit.transfers


async def transfer(wallet: Wallet, order: TransferOrder) -> Transfer:
    """Send once per key. A declined transfer is an answer like any other, with its cause.

    Raises TooManyRequestsError once a day's tries at recipients are used up.
    """
    asked = fingerprint(TRANSFER, order.amount, order.recipient)
    transfer_id = new_id("trf")
    used = UsedKey(order.user_id, order.idempotency_key, asked, transfer_id)
    async with wallet.storage.writing() as unit:
        found = await unit.users.find_by_login(order.recipient)
        await _lock(unit, order.user_id, found)
        earlier = await find_earlier(unit, unit.transfers, used)
        if earlier is not None:
            return earlier
        await _check_misses(wallet, unit, order.user_id)
        # Read again: what stood there before the lock may have changed.
        recipient = await known_user(unit, found.id) if found else None
        made = await _decide(wallet.at_one_moment(), unit, order, transfer_id, recipient)
        await record(wallet, unit, unit.transfers, made, used)
    return made


async def _lock(unit: UnitOfWork, user_id: str, recipient: User | None) -> None:
    """Both accounts, always in the same order, so that two who pay each other do not wait for each other."""
    for account_id in sorted({account_of(user_id), account_of(recipient.id if recipient else user_id)}):
        await unit.ledger.lock(account_id)


async def _check_misses(wallet: Wallet, unit: UnitOfWork, user_id: str) -> None:
    now = wallet.now()
    if await unit.transfers.count_declined(user_id, MISSES, wallet.days.day_start(now)) >= MISSES_A_DAY:
        wait = wallet.days.next_day(now) - now
        raise TooManyRequestsError(retry_after_seconds=max(1, round(wait.total_seconds())))


async def _decide(
    wallet: Wallet, unit: UnitOfWork, order: TransferOrder, transfer_id: str, recipient: User | None
) -> Transfer:
    made = Transfer(
        id=transfer_id,
        user_id=order.user_id,
        amount=order.amount,
        fee=await fee_of(wallet, unit, FeeKind.TRANSFER, TO_WALLET, order.amount, order.user_id),
        card_id=None,
        status=MovementStatus.PENDING,
        cause=None,
        issuer_code=None,
        created_at=wallet.now(),
        result_expected_by=None,
        channel=TO_WALLET,
        recipient_id=recipient.id if recipient else None,
        recipient_masked=mask_login(order.recipient),
    )
    cause = await _refusal(wallet, unit, made, recipient)
    return made.succeeded() if cause is None else made.declined(cause)


async def _refusal(wallet: Wallet, unit: UnitOfWork, made: Transfer, recipient: User | None) -> Cause | None:
    sender = await known_user(unit, made.user_id)
    limits = await limits_of(wallet, unit, sender)
    refused = refusal_by_sender(sender) or refusal_by_limits(
        made.amount, SpendingLimits(limits.per_payment, limits.per_day), limits.used_today
    )
    if refused is not None:
        return refused
    if await unit.ledger.balance(account_of(sender.id)) < made.total:
        return Cause.BALANCE_TOO_LOW
    # Last, so that nobody learns of a recipient without having the money to send.
    balance = await unit.ledger.balance(account_of(recipient.id)) if recipient else ZERO
    return refusal_by_recipient(sender, recipient, balance, made.amount)
