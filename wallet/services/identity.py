"""How well the wallet knows who someone is: the level his limits follow."""

from __future__ import annotations

from wallet.contract.payloads import CardState, Limits
from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.domain.errors import ConflictError, IdentityNotConfirmedError
from wallet.domain.identity import BY_CARD, BY_NUMBER, Person, person_of
from wallet.domain.limits import limits_after_rising
from wallet.domain.users import User
from wallet.services.accounts import check_not_frozen, known_user, locked_user
from wallet.services.limits import limits_of
from wallet.services.notices import notify
from wallet.services.ports import UnitOfWork
from wallet.services.refusals import check_refusals, count_refusal
from wallet.services.wallet import Wallet

_NUMBER = "identification number"


async def prove_by_number(wallet: Wallet, user_id: str, name: str, number: str) -> Limits:
    """Rise to level 2 with name and identification number, and get the limits, up to half of what comes with it.

    Raises IdentityNotConfirmedError when the register knows them otherwise, when another account has the number or
    this one another number: which of these is not told, and a day has few tries.
    """
    person = person_of(name, number, wallet.days.day_of(wallet.now()))
    async with wallet.storage.reading() as unit:
        await _check_step(wallet, unit, await known_user(unit, user_id), BY_NUMBER)
    confirmed = await wallet.register.confirms(person)
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        # Once more behind the lock: guesses running side by side are all counted.
        await _check_step(wallet, unit, user, BY_NUMBER)
        proven = confirmed and await _claim(wallet, unit, user_id, person)
        if proven:
            limits = await _rise(wallet, unit, user, BY_NUMBER)
        else:
            await count_refusal(wallet, unit, user_id, Deed.IDENTITY_REFUSED)
    if not proven:
        raise IdentityNotConfirmedError()
    return limits


async def prove_by_card(wallet: Wallet, user_id: str) -> Limits:
    """Rise to level 3 with a usable card: its bank has seen who its holder is. Raises ConflictError without one."""
    today = wallet.days.day_of(wallet.now())
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        await _check_step(wallet, unit, user, BY_CARD)
        if not any(card.state_on(today) is CardState.ACTIVE for card in await unit.cards.all_of(user_id)):
            raise ConflictError("a usable card is needed", needs="card")
        return await _rise(wallet, unit, user, BY_CARD)


async def set_identity_level(wallet: Wallet, user_id: str, level: int, reason: str | None) -> None:
    """What an operator does who has seen papers, or doubts them. Raises ConflictError if it is his level already."""
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        if user.identity_level == level:
            raise ConflictError("the identity level is that already")
        await _change_level(wallet, unit, user, level, Actor.OPERATOR, reason)


async def _check_step(wallet: Wallet, unit: UnitOfWork, user: User, level: int) -> None:
    check_not_frozen(user)
    if user.identity_level >= level:
        raise ConflictError("the identity level is that already")
    if user.identity_level < level - 1:
        raise ConflictError("the level below comes first", needs="identity")
    await check_refusals(wallet, unit, user.id, Deed.IDENTITY_REFUSED)


async def _claim(wallet: Wallet, unit: UnitOfWork, user_id: str, person: Person) -> bool:
    # Without the name and the user in it: one number is one fingerprint, whoever says it.
    fingerprint = wallet.seals.fingerprint(_NUMBER, "", person.number)
    return await unit.identities.claim(user_id, fingerprint, wallet.now())


async def _rise(wallet: Wallet, unit: UnitOfWork, user: User, level: int) -> Limits:
    await _change_level(wallet, unit, user, level, Actor.USER, None)
    # Else a level would be the way to limits that take the password.
    chosen = await unit.users.chosen_limits(user.id)
    await unit.users.choose_limits(user.id, limits_after_rising(user.identity_level, chosen, level))
    return await limits_of(wallet, unit, await known_user(unit, user.id))


async def _change_level(
    wallet: Wallet, unit: UnitOfWork, user: User, level: int, by: Actor, reason: str | None
) -> None:
    await unit.users.set_identity_level(user.id, level)
    change = f"{user.identity_level} -> {level}" + (f": {reason}" if reason else "")
    await unit.account_events.add(AccountEvent(user.id, Deed.LEVEL_CHANGED, by, change, wallet.now()))
    await notify(wallet, unit, user, Deed.LEVEL_CHANGED.value, level=str(level))
