"""Opening an account, looking at one's own, and freezing it."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.money import Money
from wallet.contract.payloads import AccountStatus, Frozen
from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.domain.credentials import Credential
from wallet.domain.currency import CURRENCY
from wallet.domain.errors import AccountFrozenError, ConflictError, NotFoundError, UnauthenticatedError
from wallet.domain.ledger import account_of
from wallet.domain.users import User, account_status
from wallet.services.notices import notify
from wallet.services.ports import UnitOfWork
from wallet.services.tokens import Bearer
from wallet.services.wallet import Wallet


@dataclass(frozen=True)
class Profile:
    """A user as he sees himself; ``two_factor`` is whether signing in asks him for a code."""

    user: User
    status: AccountStatus
    balance: Money
    two_factor: bool


async def open_account(wallet: Wallet, user: User, password: str) -> None:
    """Add a user with an empty account."""
    password_hash = await wallet.passwords.hash(password)
    async with wallet.storage.writing() as unit:
        await unit.users.add(user)
        await unit.credentials.add(Credential(user.id, password_hash, 0, None, wallet.now()))
        await unit.ledger.open_account(account_of(user.id), CURRENCY)


async def recognise(wallet: Wallet, token: str) -> Bearer:
    """Whom an access token speaks for. A changed password ends the tokens issued before, as does ending the device."""
    bearer = wallet.tokens.read_access(token, wallet.now())
    async with wallet.storage.reading() as unit:
        if await unit.users.get(bearer.user_id) is None:
            raise UnauthenticatedError()
        credential = await unit.credentials.get(bearer.user_id)
        device = await unit.devices.get(bearer.device_id)
    if device is None or not bearer.outlives(credential.changed_at):
        raise UnauthenticatedError()
    return bearer


async def account_named(wallet: Wallet, login: str) -> str:
    """One name for an account however it is called; a login that is nobody's stands for itself."""
    async with wallet.storage.reading() as unit:
        user = await unit.users.find_by_login(login)
    return user.id if user else login


async def show_profile(wallet: Wallet, user_id: str) -> Profile:
    """The user, where the account stands, and what is on it."""
    async with wallet.storage.reading() as unit:
        user = await known_user(unit, user_id)
        credential = await unit.credentials.get(user_id)
        balance = await unit.ledger.balance(account_of(user_id))
        two_factor = await unit.two_factors.get(user_id)
    status = account_status(user, credential, wallet.now())
    return Profile(user, status, balance, two_factor is not None and two_factor.is_on)


async def freeze_account(wallet: Wallet, user_id: str, by: Actor, reason: str | None = None) -> Frozen:
    """Stop everything on an account until an operator lifts it. Freezing again answers as the first time."""
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        if user.frozen_at is not None:
            return Frozen(user_id, user.frozen_at)
        now = wallet.now()
        await unit.users.set_frozen(user_id, now)
        await unit.account_events.add(AccountEvent(user_id, Deed.FROZEN, by, reason, now))
        await notify(wallet, unit, user, Deed.FROZEN.value)
    return Frozen(user_id, now)


async def unfreeze_account(wallet: Wallet, user_id: str, reason: str) -> None:
    """What an operator does after talking to the user; no endpoint leads here. Raises ConflictError if not frozen."""
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        if user.frozen_at is None:
            raise ConflictError("the account is not frozen")
        await unit.users.set_frozen(user_id, None)
        await unit.account_events.add(AccountEvent(user_id, Deed.UNFROZEN, Actor.OPERATOR, reason, wallet.now()))
        await notify(wallet, unit, user, Deed.UNFROZEN.value)


async def known_user(unit: UnitOfWork, user_id: str) -> User:
    """The user of that id. Raises NotFoundError."""
    user = await unit.users.get(user_id)
    if user is None:
        raise NotFoundError("no such user")
    return user


async def locked_user(unit: UnitOfWork, user_id: str) -> User:
    """The same, and nothing else of his moves or changes before this transaction ends."""
    await unit.ledger.lock(account_of(user_id))
    return await known_user(unit, user_id)


def check_not_frozen(user: User) -> None:
    """Raise AccountFrozenError for an account on which nothing may be changed. A token from before still shows it."""
    if not user.may_move_money:
        raise AccountFrozenError()
