"""Why a user cannot sign in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from wallet.contract.payloads import AccountStatus, LoginState, SignInAttempt

# An attempt older than this is not what the user speaks of.
RECENT = timedelta(hours=24)


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
        can_reset = "contact" in values
        plan = "account_locked" if can_reset else "account_locked_unreachable"
        values["locked_until"] = state.locked_until
        return [Finding("account_locked", "account_locked", plan, at=_last_time(state), values=values)]
    recent = [attempt for attempt in state.attempts if attempt.at > now - RECENT]
    if not recent:
        return [Finding("no_sign_in_seen", "no_sign_in_seen", "no_sign_in_seen", values=values)]
    last = recent[0]
    if last.succeeded:
        return []
    return [Finding("wrong_password", "wrong_password", "wrong_password", at=last.at, values={**values, "at": last.at})]


def _last_time(state: LoginState) -> datetime | None:
    return state.attempts[0].at if state.attempts else None


def success_after(state: LoginState, moment: datetime) -> SignInAttempt | None:
    """The newest sign-in that worked after a moment."""
    return next((attempt for attempt in state.attempts if attempt.succeeded and attempt.at > moment), None)
