"""What a user may spend, and setting it."""

from __future__ import annotations

from wallet.contract.payloads import Limits
from wallet.domain.errors import PasswordRequiredError
from wallet.domain.limits import LEVEL_MAXIMA, ChosenLimits, check_choice, limits_in_force, needs_password
from wallet.domain.users import User
from wallet.services.accounts import check_not_frozen, known_user, locked_user
from wallet.services.password_checks import confirm_password
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet


async def show_limits(wallet: Wallet, user_id: str) -> Limits:
    """The limits in force, how far they can be raised, and what of today's is used."""
    async with wallet.storage.reading() as unit:
        return await limits_of(wallet, unit, await known_user(unit, user_id))


async def choose_limits(wallet: Wallet, user_id: str, choice: ChosenLimits, password: str | None = None) -> Limits:
    """Set one limit or both; the one left out stays as it is.

    Raises PasswordRequiredError for a password that is wrong, needed or not, and for one that is needed and missing.
    """
    if password is not None:
        await confirm_password(wallet, user_id, password)
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        check_not_frozen(user)
        check_choice(user.identity_level, choice)
        before = await unit.users.chosen_limits(user_id)
        if password is None and needs_password(user.identity_level, before, choice):
            raise PasswordRequiredError()
        chosen = ChosenLimits(choice.per_payment or before.per_payment, choice.per_day or before.per_day)
        await unit.users.choose_limits(user_id, chosen)
        return await limits_of(wallet, unit, user)


async def limits_of(wallet: Wallet, unit: UnitOfWork, user: User) -> Limits:
    """A user's limits inside a transaction that is already open."""
    now = wallet.now()
    midnight = wallet.days.day_start(now)
    resets_at = wallet.days.next_day(now)
    in_force = limits_in_force(user.identity_level, await unit.users.chosen_limits(user.id))
    maxima = LEVEL_MAXIMA[user.identity_level]
    return Limits(
        identity_level=user.identity_level,
        per_payment=in_force.per_payment,
        per_payment_maximum=maxima.per_payment,
        per_day=in_force.per_day,
        per_day_maximum=maxima.per_day,
        # Payments and transfers use up the same limit; a withdrawal stays with the user.
        used_today=await unit.payments.spent(user.id, midnight, resets_at)
        + await unit.transfers.spent(user.id, midnight, resets_at),
        resets_at=resets_at,
    )
