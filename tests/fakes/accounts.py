"""What a wallet may know of a user, with a test saying only what matters to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import (
    AccountStatus,
    Card,
    CardKind,
    CardState,
    Incident,
    Limits,
    LocalizedText,
    LoginState,
    MovementStatus,
    Payment,
    Security,
    SignInAttempt,
    Topup,
    TopupChannel,
)
from wallet.contract.refunds import Refund, RefundStatus
from wallet.contract.transfers import Transfer, TransferKind

# Ten past eleven in Shanghai.
NOW = datetime(2026, 3, 12, 3, 10, tzinfo=timezone.utc)
BANK = LocalizedText("江海银行", "Jianghai Bank")


def ago(**span: float) -> datetime:
    """A time before NOW: ``ago(hours=2)``."""
    return NOW - timedelta(**span)


def yuan(amount: str) -> Money:
    """An amount of the wallet's currency."""
    return Money.parse(amount, "CNY")


def card(card_id: str = "card_1", **changes: Any) -> Card:
    """A debit card in good order."""
    values = {"bank": BANK, "last_four": "0304", "kind": CardKind.DEBIT, "state": CardState.ACTIVE}
    return Card(id=card_id, **{**values, "expires": date(2029, 5, 31), **changes})


def payment(payment_id: str = "pay_1", **changes: Any) -> Payment:
    """A payment of 6,000 by card that the bank declined two hours ago."""
    values = {
        "amount": yuan("6000"),
        "merchant": "云杉书店",
        "card": card(),
        "device": "phone",
        "result_expected_by": None,
    }
    values |= {"status": MovementStatus.DECLINED, "cause": Cause.ISSUER_DECLINED, "created_at": ago(hours=2)}
    return Payment(id=payment_id, **{**values, **changes})


def paid(payment_id: str = "pay_9", **changes: Any) -> Payment:
    """A payment that went through."""
    return payment(payment_id, **{"status": MovementStatus.SUCCEEDED, "cause": None, **changes})


def unknown(payment_id: str = "pay_1", **changes: Any) -> Payment:
    """A payment whose result the bank has not told."""
    values = {
        "status": MovementStatus.UNKNOWN,
        "cause": Cause.RESULT_UNKNOWN,
        "result_expected_by": NOW + timedelta(hours=1),
    }
    return payment(payment_id, **{**values, **changes})


def topup(topup_id: str = "top_1", **changes: Any) -> Topup:
    """A top-up of 500 by debit card that the bank declined two hours ago."""
    values = {"amount": yuan("500"), "fee": yuan("0"), "channel": "bank_card_debit", "card": card()}
    values |= {"status": MovementStatus.DECLINED, "cause": Cause.ISSUER_DECLINED, "created_at": ago(hours=2)}
    return Topup(id=topup_id, **{**values, "result_expected_by": None, **changes})


def transfer(transfer_id: str = "trf_1", **changes: Any) -> Transfer:
    """A transfer of 500 to another user that failed two hours ago since there is none."""
    values: dict[str, Any] = {"kind": TransferKind.WALLET, "amount": yuan("500"), "fee": yuan("0"), "card": None}
    values |= {"recipient_masked": "138****0002", "status": MovementStatus.DECLINED}
    values |= {"cause": Cause.RECIPIENT_NOT_FOUND, "created_at": ago(hours=2), "result_expected_by": None}
    return Transfer(id=transfer_id, **{**values, **changes})


def withdrawal(transfer_id: str = "trf_2", **changes: Any) -> Transfer:
    """A withdrawal to a card that the bank declined two hours ago."""
    values = {"kind": TransferKind.WITHDRAWAL, "card": card(), "recipient_masked": None}
    return transfer(transfer_id, **{**values, "cause": Cause.ISSUER_DECLINED, **changes})


def refund(refund_id: str = "ref_1", **changes: Any) -> Refund:
    """A refund of 6,000 to the balance that the merchant was asked for yesterday; his answer is due tomorrow."""
    values: dict[str, Any] = {"payment_id": "pay_1", "merchant": "云杉书店", "amount": yuan("6000"), "card": None}
    values |= {"status": RefundStatus.REQUESTED, "reason": "faulty", "rejection": None}
    values |= {"requested_at": ago(days=1), "decided_at": None, "expected_by": NOW + timedelta(days=1)}
    return Refund(id=refund_id, **{**values, **changes})


def limits(**changes: Any) -> Limits:
    """Limits that can still be raised, a part of the day's used."""
    values: dict[str, Any] = {
        "per_payment": yuan("5000"),
        "per_payment_maximum": yuan("20000"),
        "per_day": yuan("10000"),
    }
    values |= {"per_day_maximum": yuan("50000"), "used_today": yuan("9800"), "resets_at": NOW + timedelta(hours=13)}
    return Limits(identity_level=2, **{**values, **changes})


def channel(code: str = "bank_card_debit", **changes: Any) -> TopupChannel:
    """An open channel for debit cards."""
    values = {"name": LocalizedText(f"渠道 {code}", f"channel {code}"), "enabled": True, "card_kinds": [CardKind.DEBIT]}
    values |= {"minimum": yuan("10"), "maximum": yuan("5000"), "incident": None}
    return TopupChannel(code=code, **{**values, **changes})


def incident(
    expected_end: datetime | None = NOW + timedelta(hours=3), channel_code: str | None = "bank_card_debit"
) -> Incident:
    """A fault of one channel, or of everything, that began an hour ago."""
    return Incident("inc_1", channel_code, LocalizedText("系统维护", "maintenance"), ago(hours=1), expected_end)


def attempt(at: datetime, failure: str | None = None) -> SignInAttempt:
    """A sign-in; it worked unless a failure is named."""
    return SignInAttempt(at, failure is None, failure, "phone")


def login_state(*attempts: SignInAttempt, **changes: Any) -> LoginState:
    """The sign-in of an account in good order; attempts newest first."""
    values = {"status": AccountStatus.ACTIVE, "failures": 0, "failures_allowed": 5, "locked_until": None}
    values |= {"email_masked": "c***@example.com", "phone_masked": None, "reset_requested_at": None}
    return LoginState(attempts=list(attempts), password_changed_at=ago(days=30), **{**values, **changes})


def security(**changes: Any) -> Security:
    """An account with every protection."""
    values = {"two_factor": True, "password_changed_at": ago(days=30), "email_confirmed": True, "phone_confirmed": True}
    return Security(devices=1, **{**values, **changes})
