"""Whether a demo user still is in the state his scenario promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from wallet.demo.people import has_demo_password
from wallet.demo.scenarios import PromisedMovement, PromisedRefund, Scenario
from wallet.demo.stage import Stage
from wallet.demo.steps import find_incident
from wallet.domain.errors import NotFoundError
from wallet.domain.movements import Movement
from wallet.domain.topups import Topup
from wallet.services.accounts import show_profile
from wallet.services.cards import list_cards
from wallet.services.limits import show_limits
from wallet.services.movements import list_since
from wallet.services.payments import payments_in
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.refunds import refunds_in
from wallet.services.topups import topups_in
from wallet.services.transfers import transfers_in
from wallet.services.withdrawals import withdrawals_in

_MOVEMENTS_SEEN = 100
_MADE: dict[str, Callable[[UnitOfWork], Movements[Any]]] = {
    "payment": payments_in,
    "topup": topups_in,
    "transfer": transfers_in,
    "withdrawal": withdrawals_in,
}


async def exists(stage: Stage, user_id: str) -> bool:
    """Whether there is such a user at all."""
    try:
        await show_profile(stage.wallet, user_id)
    except NotFoundError:
        return False
    return True


async def holds(stage: Stage, scenario: Scenario, user_id: str) -> bool:
    """Whether nothing has to be arranged."""
    promise, wallet = scenario.promise, stage.wallet
    profile = await show_profile(wallet, user_id)
    if profile.user.identity_level != scenario.person.identity_level:
        return False
    if profile.status is not promise.status or not await _has_cards(stage, scenario, user_id):
        return False
    if promise.per_day is not None and (await show_limits(wallet, user_id)).per_day != promise.per_day:
        return False
    if promise.incident is not None and await find_incident(stage, promise.incident) is None:
        return False
    if promise.movement is not None and not await _has_movement(stage, promise.movement, user_id):
        return False
    if promise.refund is not None and not await _has_refund(stage, promise.refund, user_id):
        return False
    return await has_demo_password(stage, user_id)


async def _has_cards(stage: Stage, scenario: Scenario, user_id: str) -> bool:
    today = stage.wallet.days.day_of(stage.wallet.now())
    in_state = {
        card.last_four
        for card in await list_cards(stage.wallet, user_id)
        if card.state_on(today) is scenario.promise.card_state
    }
    return {card.last_four for card in scenario.cards.values()} <= in_state


async def _has_movement(stage: Stage, promised: PromisedMovement, user_id: str) -> bool:
    since = _since(stage, promised.since)
    movements = await list_since(stage.wallet, _MADE[promised.kind], user_id, _MOVEMENTS_SEEN, since)
    return any(_fits(movement, promised, stage.wallet.now()) for movement in movements)


async def _has_refund(stage: Stage, promised: PromisedRefund, user_id: str) -> bool:
    refunds = await list_since(stage.wallet, refunds_in, user_id, _MOVEMENTS_SEEN, None)
    return any(
        refund.merchant == promised.merchant
        and refund.status is promised.status
        and (refund.expected_by is None or refund.expected_by > stage.wallet.now())
        for refund in refunds
    )


def _fits(movement: Movement, promised: PromisedMovement, now: datetime) -> bool:
    channel = movement.channel if isinstance(movement, Topup) else None
    return (
        movement.status is promised.status
        and movement.cause is promised.cause
        and promised.channel in (None, channel)
        and promised.amount in (None, movement.amount)
        and (movement.result_expected_by is None or movement.result_expected_by > now)
    )


def _since(stage: Stage, name: str) -> datetime:
    now, days = stage.wallet.now(), stage.wallet.days
    return {"today": days.day_start(now), "day": now - timedelta(days=1), "month": days.month_start(now)}[name]
