"""Signing in."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.payloads import SignInAttempt
from wallet.domain.errors import AccountFrozenError, AccountLockedError, SignInFailedError, WalletError
from wallet.domain.sign_in import FROZEN, LOCKED, judge
from wallet.domain.users import User
from wallet.services.tokens import SignedToken
from wallet.services.wallet import Wallet

_REFUSALS: dict[str, type[WalletError]] = {LOCKED: AccountLockedError, FROZEN: AccountFrozenError}


@dataclass(frozen=True)
class Session:
    """A user who is signed in, and the token that says so."""

    user_id: str
    access: SignedToken


async def sign_in(wallet: Wallet, login: str, password: str, device: str) -> Session:
    """Sign in with a user id, phone or e-mail. An unknown login takes as long and fails alike as a wrong password."""
    async with wallet.storage.reading() as unit:
        user = await unit.users.find_by_login(login)
        credential = await unit.credentials.get(user.id) if user else None
    checked_hash = credential.password_hash if credential else None
    matches = await wallet.passwords.verify(checked_hash, password)
    if user is None:
        raise SignInFailedError()
    failure = await _record_attempt(wallet, user, checked_hash if matches else None, device)
    if failure is not None:
        raise _REFUSALS.get(failure, SignInFailedError)()
    return Session(user.id, wallet.tokens.issue_access(user.id, device, wallet.now()))


async def _record_attempt(wallet: Wallet, user: User, matched_hash: str | None, device: str) -> str | None:
    now = wallet.now()
    async with wallet.storage.writing() as unit:
        # Locked and read again, so that guesses running side by side are all counted.
        credential = await unit.credentials.lock(user.id)
        current = await unit.users.get(user.id) or user
        verdict = judge(current, credential, credential.password_hash == matched_hash, now)
        await unit.credentials.update(verdict.credential)
        await unit.sign_ins.add(user.id, SignInAttempt(now, verdict.failure is None, verdict.failure, device))
        if verdict.failure is None:
            await unit.sign_ins.remember_device(user.id, device, now)
    return verdict.failure
