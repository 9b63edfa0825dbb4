"""What becomes of an attempt to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.contract.payloads import AccountStatus
from wallet.domain.credentials import Credential
from wallet.domain.users import User, account_status

WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason, no password
WRONG_CODE = "wrong_code"
LOCKED = "locked"
FROZEN = "frozen"


@dataclass(frozen=True)
class Verdict:
    """Why an attempt failed, None if it did not, and the credential as it stands after it."""

    failure: str | None
    credential: Credential


def judge(user: User, credential: Credential, password_matches: bool, now: datetime) -> Verdict:
    """Only who knows the password learns of a lock or a freeze; everyone else gave a wrong password."""
    if not password_matches:
        return Verdict(WRONG_PASSWORD, credential.after_wrong_password(now))
    status = account_status(user, credential, now)
    if status is AccountStatus.FROZEN:
        return Verdict(FROZEN, credential)
    if status is AccountStatus.LOCKED:
        return Verdict(LOCKED, credential)
    if status is AccountStatus.CLOSED:
        return Verdict(WRONG_PASSWORD, credential)
    return Verdict(None, credential.after_success())
