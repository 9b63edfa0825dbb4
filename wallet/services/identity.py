"""How well the wallet knows who someone is: the level his limits follow."""

from __future__ import annotations

from wallet.domain.account_events import AccountEvent, Actor, Deed
from wallet.domain.errors import ConflictError
from wallet.services.accounts import locked_user
from wallet.services.notices import notify
from wallet.services.wallet import Wallet


async def set_identity_level(wallet: Wallet, user_id: str, level: int, reason: str | None) -> None:
    """What an operator does who has seen papers, or doubts them. Raises ConflictError if it is his level already."""
    async with wallet.storage.writing() as unit:
        user = await locked_user(unit, user_id)
        if user.identity_level == level:
            raise ConflictError("the identity level is that already")
        await unit.users.set_identity_level(user_id, level)
        change = f"{user.identity_level} -> {level}" + (f": {reason}" if reason else "")
        await unit.account_events.add(AccountEvent(user_id, Deed.LEVEL_CHANGED, Actor.OPERATOR, change, wallet.now()))
        await notify(wallet, unit, user, Deed.LEVEL_CHANGED.value, level=str(level))
