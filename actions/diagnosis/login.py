"""Why a user cannot sign in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from wallet.contract.payloads import AccountStatus, LoginState, SignInAttempt

# An attempt older than this is not what the user speaks of.
RECENT = timedelta(hours=24)

LOCKED, UNLOCKED = "account_locked", "account_unlocked"
WRONG_CODE = "wrong_code"


def diagnose_login(state: LoginState, now: datetime) -> list[Finding]:
    """The one finding that explains best why signing in fails; none when the last recent attempt succeeded."""
    values: dict[str, Any] = {
        "failures": str(state.failures),
        "allowed": str(state.failures_allowed),
        "left": str(max(state.failures_allowed - state.failures, 0)),
    }
    if state.email_masked or state.phone_masked:
        values["contact"] = state.email_masked or state.phone_masked
    if state.status in (AccountStatus.FROZEN, AccountStatus.CLOSED):
        cause = f"account_{state.status.value}"
        return [Finding(cause, cause, cause, values=values)]
    if state.locked_until and state.locked_until > now:
        values["locked_until"] = state.locked_until
        return [_finding("account_locked", _last_time(state), values)]
    recent = [attempt for attempt in state.attempts if attempt.at > now - RECENT]
    if not recent:
        return [_finding("no_sign_in_seen", None, values)]
    last = recent[0]
    if last.succeeded:
        return []
    if last.failure == WRONG_CODE:
        return [Finding(WRONG_CODE, WRONG_CODE, WRONG_CODE, at=last.at, values={**values, "at": last.at})]
    return [_finding("wrong_password", last.at, {**values, "at": last.at})]


def _finding(cause: str, at: datetime | None, values: dict[str, Any]) -> Finding:
    """A finding whose fix is a reset link, unless the wallet has nowhere to send one."""
    return Finding(cause, cause, cause if "contact" in values else f"{cause}_unreachable", at=at, values=values)


def unlocked(lock: Finding) -> Finding:
    """What is left of a lock that has ended: to sign in again."""
    return Finding(UNLOCKED, UNLOCKED, UNLOCKED, values=lock.values)


def _last_time(state: LoginState) -> datetime | None:
    return state.attempts[0].at if state.attempts else None


def success_after(state: LoginState, moment: datetime) -> SignInAttempt | None:
    """The newest sign-in that worked after a moment."""
    return next((attempt for attempt in state.attempts if attempt.succeeded and attempt.at > moment), None)
