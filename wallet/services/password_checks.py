"""Asking a user who is signed in for his password again."""

from __future__ import annotations

from wallet.domain.errors import AccountLockedError, PasswordRequiredError
from wallet.services.wallet import Wallet


async def confirm_password(wallet: Wallet, user_id: str, password: str | None) -> None:
    """Raise PasswordRequiredError unless it is his. A wrong one counts like one at sign-in, and locks as it does."""
    if password is None:
        raise PasswordRequiredError()
    async with wallet.storage.reading() as unit:
        checked_hash = (await unit.credentials.get(user_id)).password_hash
    matches = await wallet.passwords.verify(checked_hash, password)
    async with wallet.storage.writing() as unit:
        credential = await unit.credentials.lock(user_id)
        now = wallet.now()
        right = matches and credential.password_hash == checked_hash
        locked = credential.is_locked(now)
        if not right:
            await unit.credentials.update(credential.after_wrong_password(now))
    if not right:
        raise PasswordRequiredError()
    if locked:
        raise AccountLockedError()
