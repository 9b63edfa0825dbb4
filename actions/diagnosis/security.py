"""What an account does not have switched on yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from wallet.contract.payloads import Security

# The hotline's handbook asks for a new password twice a year.
PASSWORD_AGE = timedelta(days=180)


def missing_protection(security: Security, now: datetime) -> list[str]:
    """Names of what is missing, what helps most first."""
    missing = []
    if not security.two_factor:
        missing.append("two_factor")
    if now - security.password_changed_at > PASSWORD_AGE:
        missing.append("old_password")
    if not security.email_confirmed:
        missing.append("email_unconfirmed")
    if not security.phone_confirmed:
        missing.append("phone_unconfirmed")
    return missing
