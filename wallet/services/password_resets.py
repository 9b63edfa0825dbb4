"""Reset links: sent to the contact on file, used once."""

from __future__ import annotations

from wallet.contract.payloads import ResetSent
from wallet.domain.credentials import check_new_password
from wallet.domain.errors import ConflictError, PasswordTooWeakError, ResetTokenInvalidError
from wallet.domain.masking import mask_email, mask_phone
from wallet.domain.messages import Medium
from wallet.domain.password_resets import RESET_LIFETIME, PasswordReset, hash_of, new_token
from wallet.domain.users import User
from wallet.services.accounts import known_user
from wallet.services.notices import PASSWORD_CHANGED, compose, contact, notify, preferred_medium
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet

KIND = "password_reset"


async def request_reset(wallet: Wallet, login: str) -> None:
    """Send a link if the login is someone's. The caller cannot tell whether it was."""
    async with wallet.storage.writing() as unit:
        user = await unit.users.find_by_login(login)
        medium = preferred_medium(user) if user else None
        if user and medium:
            await _send_link(wallet, unit, user, medium)


async def send_reset(wallet: Wallet, user_id: str, medium: Medium) -> ResetSent:
    """Send a link to a user who asked the support line for it."""
    async with wallet.storage.writing() as unit:
        user = await known_user(unit, user_id)
        if contact(user, medium) is None:
            raise ConflictError("no such contact on file", by=medium.value)
        return await _send_link(wallet, unit, user, medium)


async def confirm_reset(wallet: Wallet, token: str, new_password: str) -> None:
    """Set a new password with a link's token. It lifts a lock and ends all other links."""
    token_hash = hash_of(token)
    async with wallet.storage.reading() as unit:
        reset = await unit.credentials.find_reset(token_hash)
        if reset is None or not reset.is_valid(wallet.now()):
            raise ResetTokenInvalidError()
        old = await unit.credentials.get(reset.user_id)
    check_new_password(new_password)
    if await wallet.passwords.verify(old.password_hash, new_password):
        raise PasswordTooWeakError("the new password is the old one")
    await _use_link(wallet, token_hash, await wallet.passwords.hash(new_password))


async def _use_link(wallet: Wallet, token_hash: str, password_hash: str) -> None:
    now = wallet.now()
    async with wallet.storage.writing() as unit:
        reset = await unit.credentials.find_reset(token_hash)
        if reset is None:
            raise ResetTokenInvalidError()
        credential = await unit.credentials.lock(reset.user_id)
        # Read again behind the lock: the same link may have been used while this password was hashed.
        reset = await unit.credentials.find_reset(token_hash)
        if reset is None or not reset.is_valid(now):
            raise ResetTokenInvalidError()
        await unit.credentials.use_resets(reset.user_id, now)
        await unit.credentials.update(credential.with_password(password_hash, now))
        await notify(wallet, unit, await known_user(unit, reset.user_id), PASSWORD_CHANGED)


async def _send_link(wallet: Wallet, unit: UnitOfWork, user: User, medium: Medium) -> ResetSent:
    token, now = new_token(), wallet.now()
    reset = PasswordReset(hash_of(token), user.id, now, now + RESET_LIFETIME, None)
    await unit.credentials.add_reset(reset)
    link, minutes = f"{wallet.public_url}/reset-password?token={token}", int(RESET_LIFETIME.total_seconds() // 60)
    await unit.outbox.add(compose(wallet, user, medium, KIND, reset.expires_at, link, minutes=str(minutes)))
    return ResetSent(_masked_contact(user, medium), reset.expires_at)


def _masked_contact(user: User, medium: Medium) -> str:
    address = contact(user, medium) or ""
    return mask_email(address) if medium is Medium.EMAIL else mask_phone(address)
