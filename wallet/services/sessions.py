"""Signing in, in one step or in two."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wallet.contract.payloads import SignInAttempt
from wallet.domain.credentials import Credential
from wallet.domain.devices import TRUSTED_FOR
from wallet.domain.errors import (
    AccountFrozenError,
    AccountLockedError,
    ChallengeInvalidError,
    SignInFailedError,
    WalletError,
    WrongCodeError,
)
from wallet.domain.sign_in import FROZEN, LOCKED, WRONG_CODE, judge
from wallet.domain.users import User
from wallet.services.devices import meet_device, trusted_device
from wallet.services.ports import UnitOfWork
from wallet.services.tokens import ChallengeClaim, SignedToken
from wallet.services.two_factor import accept_code
from wallet.services.wallet import Wallet

_REFUSALS: dict[str, type[WalletError]] = {
    LOCKED: AccountLockedError,
    FROZEN: AccountFrozenError,
    WRONG_CODE: WrongCodeError,
}


@dataclass(frozen=True)
class Session:
    """A user who is signed in, the token that says so, and one for the device if it is to be remembered."""

    user_id: str
    device_id: str
    access: SignedToken
    device: SignedToken | None = None


@dataclass(frozen=True)
class Challenge:
    """The password was right; a code is still to come."""

    token: SignedToken


@dataclass(frozen=True)
class _Failure:
    """Why an attempt came to nothing; raised once it has been written."""

    reason: str

    def refusal(self) -> WalletError:
        return _REFUSALS.get(self.reason, SignInFailedError)()


async def sign_in(
    wallet: Wallet, login: str, password: str, device: str, device_token: str | None = None
) -> Session | Challenge:
    """Sign in with a user id, phone or e-mail. An unknown login takes as long and fails alike as a wrong password.

    The answer is a challenge if the user's sign-in has two steps and the device is not a trusted one.
    """
    async with wallet.storage.reading() as unit:
        user = await unit.users.find_by_login(login)
        credential = await unit.credentials.get(user.id) if user else None
    checked_hash = credential.password_hash if credential else None
    matches = await wallet.passwords.verify(checked_hash, password)
    if user is None:
        raise SignInFailedError()
    matched_hash = checked_hash if matches else None
    async with wallet.storage.writing() as unit:
        outcome = await _first_step(wallet, unit, user, matched_hash, device, device_token)
    if isinstance(outcome, _Failure):
        raise outcome.refusal()
    return outcome


def challenged_user(wallet: Wallet, challenge: str) -> str | None:
    """Whose sign-in a challenge belongs to, None if it is no good any more."""
    try:
        return wallet.tokens.read_challenge(challenge, wallet.now()).user_id
    except ChallengeInvalidError:
        return None


async def pass_second_factor(wallet: Wallet, challenge: str, code: str, remember: bool) -> Session:
    """Finish a sign-in with a code of the app or a recovery code. Wrong ones count like wrong passwords."""
    claim = wallet.tokens.read_challenge(challenge, wallet.now())
    async with wallet.storage.writing() as unit:
        outcome = await _second_step(wallet, unit, claim, code, remember)
    if isinstance(outcome, _Failure):
        raise outcome.refusal()
    return outcome


async def _first_step(
    wallet: Wallet, unit: UnitOfWork, user: User, matched_hash: str | None, device: str, device_token: str | None
) -> Session | Challenge | _Failure:
    # Locked and read again, so that guesses running side by side are all counted.
    credential, now = await unit.credentials.lock(user.id), wallet.now()
    current = await unit.users.get(user.id) or user
    verdict = judge(current, credential, credential.password_hash == matched_hash, now)
    if verdict.failure is not None:
        return await _fail(wallet, unit, verdict.credential, verdict.failure, device)
    trusted = await trusted_device(wallet, unit, user.id, device_token)
    two_factor = await unit.two_factors.get(user.id)
    if two_factor is not None and two_factor.is_on and trusted is None:
        # Failures stay: a right password must not wipe out the wrong codes that were tried with it.
        return Challenge(wallet.tokens.issue_challenge(user.id, device, now))
    return await _succeed(wallet, unit, current, verdict.credential, trusted.name if trusted else device)


async def _second_step(
    wallet: Wallet, unit: UnitOfWork, claim: ChallengeClaim, code: str, remember: bool
) -> Session | _Failure:
    credential, now = await unit.credentials.lock(claim.user_id), wallet.now()
    user, two_factor = await unit.users.get(claim.user_id), await unit.two_factors.get(claim.user_id)
    if user is None or two_factor is None or not two_factor.is_on or not claim.outlives(credential.changed_at):
        raise ChallengeInvalidError()
    verdict = judge(user, credential, True, now)
    # A locked or frozen account says so before the code is looked at, or the code could be found by trying.
    if verdict.failure is not None:
        return await _fail(wallet, unit, verdict.credential, verdict.failure, claim.device)
    if not await accept_code(wallet, unit, user.id, code):
        return await _fail(wallet, unit, credential.after_wrong_password(now), WRONG_CODE, claim.device)
    session = await _succeed(wallet, unit, user, verdict.credential, claim.device)
    return await _remember(wallet, unit, session) if remember else session


async def _succeed(wallet: Wallet, unit: UnitOfWork, user: User, credential: Credential, device: str) -> Session:
    now = wallet.now()
    await unit.credentials.update(credential)
    await unit.sign_ins.add(user.id, SignInAttempt(now, True, None, device))
    known = await meet_device(wallet, unit, user, device)
    return Session(user.id, known.id, wallet.tokens.issue_access(user.id, device, known.id, now))


async def _fail(wallet: Wallet, unit: UnitOfWork, credential: Credential, reason: str, device: str) -> _Failure:
    await unit.credentials.update(credential)
    await unit.sign_ins.add(credential.user_id, SignInAttempt(wallet.now(), False, reason, device))
    return _Failure(reason)


async def _remember(wallet: Wallet, unit: UnitOfWork, session: Session) -> Session:
    now = wallet.now()
    await unit.devices.trust(session.device_id, now + TRUSTED_FOR)
    return replace(session, device=wallet.tokens.issue_device(session.user_id, session.device_id, now))
