"""The second step of signing in: codes that change with the time (RFC 6238), and spare ones on paper."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

STEP_SECONDS = 30
# One step either way, for a clock that is a little wrong and a code that was typed slowly.
STEPS_OFF = 1
RECOVERY_CODES = 10
ISSUER = "Wallet"


@dataclass(frozen=True)
class TwoFactor:
    """A user's shared secret, sealed. It protects nothing until confirmed; ``last_step`` is that of the last code."""

    user_id: str
    sealed_secret: str
    begun_at: datetime
    confirmed_at: datetime | None
    last_step: int | None

    @property
    def is_on(self) -> bool:
        """Whether signing in asks for a code."""
        return self.confirmed_at is not None


def new_secret() -> str:
    """A shared secret of 160 bits, in base 32 as authenticator apps read it."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, account: str) -> str:
    """The otpauth address an authenticator app takes in, as text or as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The time step a code is of; None for a wrong code, and for one of a step that was used or passed over."""
    present = int(now.timestamp()) // STEP_SECONDS
    for step in range(present - STEPS_OFF, present + STEPS_OFF + 1):
        fresh = last_step is None or step > last_step
        if fresh and hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP_SECONDS).encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes to keep on paper, each good for one sign-in without the authenticator."""
    return ["-".join((secrets.token_hex(3), secrets.token_hex(3))) for _ in range(RECOVERY_CODES)]


def as_typed(code: str) -> str:
    """A code without the blanks and capitals people add."""
    return "".join(code.split()).lower()
