"""Movements whose result is late: the issuer is asked what became of them, though nobody else asks."""

from __future__ import annotations

import logging
from typing import TypeVar

from wallet.domain.movements import Movement
from wallet.services.movements import MovementsIn, query_issuer
from wallet.services.payments import payments_in
from wallet.services.topups import topups_in
from wallet.services.wallet import Wallet
from wallet.services.withdrawals import withdrawals_in

# Of each kind. What is left is asked about in the next round.
ASKED_AT_ONCE = 50

M = TypeVar("M", bound=Movement)

logger = logging.getLogger("wallet.overdue")


async def query_overdue(wallet: Wallet, at_once: int = ASKED_AT_ONCE) -> None:
    """Settle what the issuer knows the result of by now: a withdrawal held gets to the bank, or back to the balance."""
    await _query(wallet, withdrawals_in, at_once)
    await _query(wallet, payments_in, at_once)
    await _query(wallet, topups_in, at_once)


async def _query(wallet: Wallet, movements_in: MovementsIn[M], at_once: int) -> None:
    async with wallet.storage.reading() as unit:
        overdue = await movements_in(unit).overdue(wallet.now(), at_once)
    for movement in overdue:
        try:
            await query_issuer(wallet, movements_in, movement.user_id, movement.id)
        except Exception:
            # The others are late all the same; this one is asked about again.
            logger.exception("a late result could not be asked for", extra={"fields": {"movement": movement.id}})
