"""How often a day somebody may be refused by the outside, so that nothing is found out by trying."""

from __future__ import annotations

from wallet.domain.account_events import REFUSALS_A_DAY, AccountEvent, Actor, Deed
from wallet.domain.errors import TooManyRequestsError
from wallet.services.ports import UnitOfWork
from wallet.services.wallet import Wallet


async def check_refusals(wallet: Wallet, unit: UnitOfWork, user_id: str, deed: Deed) -> None:
    """Raise TooManyRequestsError, until midnight, once the user's refusals of the day are used up."""
    now = wallet.now()
    if await unit.account_events.count(user_id, deed, wallet.days.day_start(now)) >= REFUSALS_A_DAY:
        wait = wallet.days.next_day(now) - now
        raise TooManyRequestsError(retry_after_seconds=max(1, round(wait.total_seconds())))


async def count_refusal(wallet: Wallet, unit: UnitOfWork, user_id: str, deed: Deed) -> None:
    """Keep that he was refused; of what he said nothing."""
    await unit.account_events.add(AccountEvent(user_id, deed, Actor.USER, None, wallet.now()))
