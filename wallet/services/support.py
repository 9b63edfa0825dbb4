"""What the support line may look up of a user, besides movements, cards and limits."""

from __future__ import annotations

from wallet.contract.payloads import LoginState, Security
from wallet.domain.audit import SupportCall
from wallet.domain.credentials import FAILURES_ALLOWED
from wallet.domain.masking import mask_email, mask_phone
from wallet.domain.users import account_status
from wallet.services.accounts import known_user
from wallet.services.wallet import Wallet

ATTEMPTS_SHOWN = 20


async def record_call(wallet: Wallet, call: SupportCall) -> None:
    """Keep who asked what of whom."""
    async with wallet.storage.writing() as unit:
        await unit.audit.add(call)


async def login_state(wallet: Wallet, user_id: str) -> LoginState:
    """Why a user can or cannot sign in."""
    now = wallet.now()
    async with wallet.storage.reading() as unit:
        user = await known_user(unit, user_id)
        credential = await unit.credentials.get(user_id)
        reset = await unit.credentials.latest_reset(user_id)
        attempts = await unit.sign_ins.latest(user_id, ATTEMPTS_SHOWN)
    return LoginState(
        status=account_status(user, credential, now),
        failures=credential.failures_counted(now),
        failures_allowed=FAILURES_ALLOWED,
        locked_until=credential.locked_until if credential.is_locked(now) else None,
        email_masked=mask_email(user.email) if user.email else None,
        phone_masked=mask_phone(user.phone) if user.phone else None,
        reset_requested_at=reset.created_at if reset else None,
        password_changed_at=credential.changed_at,
        attempts=attempts,
    )


async def security(wallet: Wallet, user_id: str) -> Security:
    """What protects a user's account."""
    async with wallet.storage.reading() as unit:
        user = await known_user(unit, user_id)
        credential = await unit.credentials.get(user_id)
        devices = len(await unit.devices.all_of(user_id))
    return Security(user.two_factor, credential.changed_at, user.email_confirmed, user.phone_confirmed, devices)
