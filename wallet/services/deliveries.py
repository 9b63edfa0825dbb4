"""Brings messages of the outbox to their couriers: each at least once, and by one process at a time."""

from __future__ import annotations

import asyncio
import logging
import random

from wallet.domain.deliveries import LEASE, TRIES_ALLOWED, DeliveryState, Dispatch, NotDelivered, pause_after
from wallet.services.ports import Courier
from wallet.services.wallet import Wallet

AT_ONCE = 10

logger = logging.getLogger("wallet.deliveries")


async def deliver_due(wallet: Wallet, courier: Courier, *, keeps_text: bool) -> int:
    """Try every message that is due, up to AT_ONCE; how many were tried.

    Without ``keeps_text`` the words of a message that is done with are forgotten: they may hold a link.
    """
    async with wallet.storage.reading() as unit:
        if not await unit.outbox.is_any_due(courier.medium, wallet.now()):
            return 0
    async with wallet.storage.writing() as unit:
        now = wallet.now()
        claimed = await unit.outbox.claim(courier.medium, now, now + LEASE, AT_ONCE)
    under_way = [_deliver(wallet, courier, dispatch, keeps_text) for dispatch in claimed]
    # All to their ends first: one that breaks must not leave the others without anybody who waits for them.
    for broken in await asyncio.gather(*under_way, return_exceptions=True):
        if broken is not None:
            raise broken
    return len(claimed)


async def expire_messages(wallet: Wallet, *, keeps_text: bool) -> None:
    """Give up the messages nobody needs any more, such as a link whose time is up."""
    async with wallet.storage.reading() as unit:
        if not await unit.outbox.is_any_expired(wallet.now()):
            return
    async with wallet.storage.writing() as unit:
        await unit.outbox.expire(wallet.now(), keeps_text=keeps_text)


async def _deliver(wallet: Wallet, courier: Courier, dispatch: Dispatch, keeps_text: bool) -> None:
    try:
        if dispatch.tries > TRIES_ALLOWED:
            # Each of its tries ended a process before it could be noted.
            raise NotDelivered("too many tries", for_good=True)
        await courier.carry(dispatch.message)
    except NotDelivered as refusal:
        await _note_refusal(wallet, dispatch, refusal, keeps_text)
    else:
        async with wallet.storage.writing() as unit:
            await unit.outbox.settle(dispatch, DeliveryState.SENT, wallet.now(), None, keeps_text=keeps_text)
        logger.info("message sent", extra={"fields": _fields(dispatch)})


async def _note_refusal(wallet: Wallet, dispatch: Dispatch, refusal: NotDelivered, keeps_text: bool) -> None:
    fields = {**_fields(dispatch), "reason": refusal.reason}
    now = wallet.now()
    if refusal.for_good or dispatch.tries >= TRIES_ALLOWED:
        async with wallet.storage.writing() as unit:
            await unit.outbox.settle(dispatch, DeliveryState.FAILED, now, refusal.reason, keeps_text=keeps_text)
        logger.error("message failed", extra={"fields": fields})
        return
    again_at = now + pause_after(dispatch.tries, random.random())  # noqa: S311 - spreads tries, keeps no secret
    async with wallet.storage.writing() as unit:
        await unit.outbox.postpone(dispatch, again_at, refusal.reason)
    logger.warning("message not taken", extra={"fields": fields})


def _fields(dispatch: Dispatch) -> dict[str, str | int]:
    message = dispatch.message
    return {
        "reference": message.reference,
        "kind": message.kind,
        "medium": message.medium.value,
        "tries": dispatch.tries,
    }
