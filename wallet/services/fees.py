"""What a movement would cost, and what it does cost."""

from __future__ import annotations

from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, FeeQuote
from wallet.domain.currency import ZERO
from wallet.domain.errors import NotFoundError
from wallet.domain.fees import FeeRule, charge, free_remaining
from wallet.services.accounts import known_user
from wallet.services.ports import Spending, UnitOfWork
from wallet.services.wallet import Wallet


async def quote_fee(wallet: Wallet, kind: FeeKind, channel: str, amount: Money, user_id: str | None) -> FeeQuote:
    """The fee of an amount. Without a user nothing is known of his free quota, so the fee is the one without it."""
    async with wallet.storage.reading() as unit:
        if user_id is not None:
            await known_user(unit, user_id)
        rule = await unit.offers.fee_rule(kind, channel)
        if rule is None:
            raise NotFoundError("no such channel")
        remaining = await _free_remaining(wallet, unit, rule, user_id) if user_id else None
    charged = charge(rule, amount, remaining)
    return FeeQuote(
        kind=kind,
        channel=channel,
        amount=amount,
        fee=charged.fee,
        rate=format(rule.rate, "f"),
        free_quota=rule.free_quota,
        free_remaining=remaining,
        free_covered=charged.covered,
        resets_at=wallet.days.next_month(wallet.now()) if rule.free_quota else None,
        condition=rule.condition,
    )


async def fee_of(wallet: Wallet, unit: UnitOfWork, kind: FeeKind, channel: str, amount: Money, user_id: str) -> Money:
    """The fee of a movement that is being made. A channel without a rule costs nothing."""
    rule = await unit.offers.fee_rule(kind, channel)
    if rule is None:
        return ZERO
    return charge(rule, amount, await _free_remaining(wallet, unit, rule, user_id)).fee


async def _free_remaining(wallet: Wallet, unit: UnitOfWork, rule: FeeRule, user_id: str) -> Money | None:
    if rule.free_quota is None:
        return None
    now = wallet.now()
    month = wallet.days.month_start(now), wallet.days.next_month(now)
    return free_remaining(rule, await _movements_of(unit, rule.kind).spent(user_id, *month, rule.channel))


def _movements_of(unit: UnitOfWork, kind: FeeKind) -> Spending:
    by_kind: dict[FeeKind, Spending] = {
        FeeKind.TOPUP: unit.topups,
        FeeKind.PAYMENT: unit.payments,
        FeeKind.TRANSFER: unit.transfers,
        FeeKind.WITHDRAWAL: unit.withdrawals,
    }
    return by_kind[kind]
