"""Switching the second step of signing in on and off, and checking its codes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.domain.errors import AccountLockedError, ConflictError, WrongCodeError
from wallet.domain.two_factor import TwoFactor, as_typed, new_recovery_codes, new_secret, provisioning_uri, step_of
from wallet.services.accounts import check_not_frozen, known_user
from wallet.services.notices import notify
from wallet.services.password_checks import confirm_password
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet

_RECOVERY = "recovery code"


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs; shown once."""

    secret: str
    uri: str


async def begin_two_factor(wallet: Wallet, user_id: str, password: str | None) -> Enrolment:
    """Make a secret to be confirmed with a code; one that was never confirmed is replaced.

    With the password, or a stolen session could shut its owner out for good.
    """
    await confirm_password(wallet, user_id, password)
    secret = new_secret()
    async with wallet.storage.writing() as unit:
        await unit.credentials.lock(user_id)
        user = await known_user(unit, user_id)
        current = await unit.two_factors.get(user_id)
        if current is not None and current.is_on:
            raise ConflictError("two-factor sign-in is on already")
        await unit.two_factors.put(TwoFactor(user_id, wallet.seals.seal(secret), wallet.now(), None, None))
    return Enrolment(secret, provisioning_uri(secret, user.email or user.id))


async def confirm_two_factor(wallet: Wallet, user_id: str, code: str) -> list[str]:
    """Switch it on with the first code; the recovery codes are told here and never again. Raises WrongCodeError."""
    now, recovery_codes = wallet.now(), new_recovery_codes()
    async with wallet.storage.writing() as unit:
        await unit.credentials.lock(user_id)
        user = await known_user(unit, user_id)
        begun = await unit.two_factors.get(user_id)
        if begun is None or begun.is_on:
            raise ConflictError("no two-factor sign-in has been begun")
        step = step_of(wallet.seals.open(begun.sealed_secret), as_typed(code), now, None)
        if step is None:
            raise WrongCodeError()
        await unit.two_factors.put(replace(begun, confirmed_at=now, last_step=step))
        hashes = [_recovery_hash(wallet, user_id, each) for each in recovery_codes]
        await unit.two_factors.put_recovery_codes(user_id, hashes)
        await unit.users.set_two_factor(user_id, True)
        await unit.account_events.add(AccountEvent(user_id, Deed.TWO_FACTOR_ON, Actor.USER, None, now))
        await notify(wallet, unit, user, Deed.TWO_FACTOR_ON.value)
    return recovery_codes


async def end_two_factor(wallet: Wallet, user_id: str, password: str | None, code: str) -> None:
    """Switch it off, unless the account is frozen. Wrong guesses count as at sign-in. Raises WrongCodeError."""
    await confirm_password(wallet, user_id, password)
    async with wallet.storage.writing() as unit:
        credential, now = await unit.credentials.lock(user_id), wallet.now()
        check_not_frozen(await known_user(unit, user_id))
        # The lock may have come from guesses running beside this one.
        if credential.is_locked(now):
            raise AccountLockedError()
        passed = await accept_code(wallet, unit, user_id, code)
        if passed:
            await switch_off(wallet, unit, user_id, Actor.USER, None)
        else:
            await unit.credentials.update(credential.after_wrong_password(now))
    if not passed:
        raise WrongCodeError()


async def lift_two_factor(wallet: Wallet, user_id: str, reason: str | None) -> None:
    """What an operator does for a user who has lost app and recovery codes. Raises ConflictError if it is off."""
    async with wallet.storage.writing() as unit:
        await unit.credentials.lock(user_id)
        current = await unit.two_factors.get(user_id)
        if current is None or not current.is_on:
            raise ConflictError("two-factor sign-in is off")
        await switch_off(wallet, unit, user_id, Actor.OPERATOR, reason)


async def accept_code(wallet: Wallet, unit: UnitOfWork, user_id: str, code: str) -> bool:
    """Whether a code is right, of the app or on paper; it is used up. The caller holds the user's credential locked."""
    current, typed = await unit.two_factors.get(user_id), as_typed(code)
    if current is None or not current.is_on:
        raise ConflictError("two-factor sign-in is off")
    step = step_of(wallet.seals.open(current.sealed_secret), typed, wallet.now(), current.last_step)
    if step is not None:
        await unit.two_factors.put(replace(current, last_step=step))
        return True
    return await unit.two_factors.use_recovery_code(user_id, _recovery_hash(wallet, user_id, typed), wallet.now())


async def switch_off(wallet: Wallet, unit: UnitOfWork, user_id: str, by: Actor, reason: str | None) -> None:
    """Forget secret, recovery codes and trusted devices, on record and with a message to the user."""
    user = await known_user(unit, user_id)
    await unit.two_factors.remove(user_id)
    await unit.devices.distrust(user_id)
    await unit.users.set_two_factor(user_id, False)
    await unit.account_events.add(AccountEvent(user_id, Deed.TWO_FACTOR_OFF, by, reason, wallet.now()))
    await notify(wallet, unit, user, Deed.TWO_FACTOR_OFF.value)


def _recovery_hash(wallet: Wallet, user_id: str, code: str) -> str:
    return wallet.seals.fingerprint(_RECOVERY, user_id, code)
