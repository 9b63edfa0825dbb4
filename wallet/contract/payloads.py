"""What the support endpoints answer. Times are aware and in UTC on the wire (ISO 8601); amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from wallet.contract.causes import Cause
from wallet.contract.money import Money


class AccountStatus(str, Enum):
    """Where an account stands. ``locked`` ends by itself or by a reset, ``frozen`` only by a person."""

    ACTIVE = "active"
    LOCKED = "locked"
    FROZEN = "frozen"
    CLOSED = "closed"


class MovementStatus(str, Enum):
    """Where a payment or a top-up stands. ``unknown``: the issuer did not answer, the money may have moved."""

    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    PENDING = "pending"
    UNKNOWN = "unknown"
    REVERSED = "reversed"
    REFUNDED = "refunded"


class CardKind(str, Enum):
    """Whose money a card spends."""

    DEBIT = "debit"
    CREDIT = "credit"


class CardState(str, Enum):
    """Where a card stands in the wallet; what the issuer thinks of it shows in its answers."""

    ACTIVE = "active"
    EXPIRED = "expired"
    FROZEN = "frozen"
    REMOVED = "removed"


class FeeKind(str, Enum):
    """What a fee is charged for."""

    TOPUP = "topup"
    PAYMENT = "payment"
    TRANSFER = "transfer"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class LocalizedText:
    """The same words in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class SignInAttempt:
    """One attempt to sign in. ``failure`` is None on success, else wrong_password, wrong_code, locked or frozen.

    ``wrong_code``: the password was right, the code of the second step was not; it counts like a wrong password.
    """

    at: datetime
    succeeded: bool
    failure: str | None
    device: str


@dataclass(frozen=True)
class LoginState:
    """Why a user can or cannot sign in. ``attempts`` are the latest 20, newest first; contacts are masked."""

    status: AccountStatus
    failures: int
    failures_allowed: int
    locked_until: datetime | None
    email_masked: str | None
    phone_masked: str | None
    reset_requested_at: datetime | None
    password_changed_at: datetime
    attempts: list[SignInAttempt]


@dataclass(frozen=True)
class Card:
    """A bank card bound to the wallet; ``expires`` is the last day on which it is valid."""

    id: str
    bank: LocalizedText
    last_four: str
    kind: CardKind
    state: CardState
    expires: date


@dataclass(frozen=True)
class Payment:
    """A payment to a merchant, from the balance when ``card`` is None.

    ``result_expected_by`` is set while the result is unknown or pending.
    """

    id: str
    amount: Money
    merchant: str
    card: Card | None
    status: MovementStatus
    cause: Cause | None
    device: str
    created_at: datetime
    result_expected_by: datetime | None


@dataclass(frozen=True)
class Topup:
    """Money added to the balance through a channel, from a card when the channel takes one."""

    id: str
    amount: Money
    fee: Money
    channel: str
    card: Card | None
    status: MovementStatus
    cause: Cause | None
    created_at: datetime
    result_expected_by: datetime | None


@dataclass(frozen=True)
class Limits:
    """What a user may spend. ``*_maximum`` is as far as he may raise a limit himself at his identity level."""

    identity_level: int
    per_payment: Money
    per_payment_maximum: Money
    per_day: Money
    per_day_maximum: Money
    used_today: Money
    resets_at: datetime


@dataclass(frozen=True)
class Security:
    """What protects an account."""

    two_factor: bool
    password_changed_at: datetime
    email_confirmed: bool
    phone_confirmed: bool
    devices: int


@dataclass(frozen=True)
class Incident:
    """A fault the wallet knows of, or works that are planned: then ``since`` is still to come.

    ``channel`` is None when it concerns everything.
    """

    id: str
    channel: str | None
    what: LocalizedText
    since: datetime
    expected_end: datetime | None


@dataclass(frozen=True)
class TopupChannel:
    """A way to add money. ``card_kinds`` is empty when no card is needed; ``incident`` is the one open now."""

    code: str
    name: LocalizedText
    enabled: bool
    card_kinds: list[CardKind]
    minimum: Money
    maximum: Money
    incident: Incident | None


@dataclass(frozen=True)
class FeeQuote:
    """The fee of one amount through one channel, for this user if one is named.

    ``rate`` is a decimal fraction as text ("0.006"). ``free_*`` are None without a free quota;
    ``free_covered`` is the part of this amount that the quota takes.
    """

    kind: FeeKind
    channel: str
    amount: Money
    fee: Money
    rate: str
    free_quota: Money | None
    free_remaining: Money | None
    free_covered: Money | None
    resets_at: datetime | None
    condition: LocalizedText | None


@dataclass(frozen=True)
class ResetSent:
    """A reset link is on its way. ``sent_to`` is masked."""

    sent_to: str
    expires_at: datetime


@dataclass(frozen=True)
class Frozen:
    """What was frozen, and since when (the first time, if it was frozen before)."""

    id: str
    frozen_at: datetime
