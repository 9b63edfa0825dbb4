"""What the wallet does of its own accord while it serves.

It delivers messages, gives up what is too late, pays back what is due, asks for late results and removes what is old.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from wallet.services.deliveries import AT_ONCE, deliver_due, expire_messages
from wallet.services.overdue import query_overdue
from wallet.services.ports import Courier
from wallet.services.refunds import settle_due_refunds
from wallet.services.retention import remove_old
from wallet.services.wallet import Wallet

logger = logging.getLogger("wallet.background")

# How long what is under way may take when the wallet stops; what is cut off then is tried again after its lease.
STOP_SECONDS = 5.0


@dataclass
class Background:
    """One task for each courier, one that gives up what is too late, one for refunds that are due, one for results
    that are late and one that removes what is old."""

    wallet: Wallet
    couriers: Sequence[Courier]
    keeps_text: bool
    delivery_seconds: float = 1.0
    tidying_seconds: float = 60.0
    # An issuer who does not know yet is not asked all the time.
    asking_seconds: float = 300.0
    removal_seconds: float = 3600.0
    _stopping: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, init=False)

    def start(self) -> None:
        """Begin."""
        self._tasks = [
            asyncio.create_task(self._repeat(self._tidy, self.tidying_seconds)),
            asyncio.create_task(self._repeat(self._pay_back, self.tidying_seconds)),
            asyncio.create_task(self._repeat(self._ask, self.asking_seconds)),
            asyncio.create_task(self._repeat(self._remove, self.removal_seconds)),
            *(asyncio.create_task(self._repeat(self._round_of(each), self.delivery_seconds)) for each in self.couriers),
        ]

    async def stop(self) -> None:
        """End, with what is under way brought to its end if that does not take long."""
        self._stopping.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _round_of(self, courier: Courier) -> Callable[[], Awaitable[None]]:
        async def deliver() -> None:
            while await deliver_due(self.wallet, courier, keeps_text=self.keeps_text) == AT_ONCE:
                if self._stopping.is_set():
                    return

        return deliver

    async def _tidy(self) -> None:
        await expire_messages(self.wallet, keeps_text=self.keeps_text)

    async def _pay_back(self) -> None:
        await settle_due_refunds(self.wallet)

    async def _ask(self) -> None:
        await query_overdue(self.wallet)

    async def _remove(self) -> None:
        await remove_old(self.wallet)

    async def _repeat(self, work: Callable[[], Awaitable[None]], seconds: float) -> None:
        while not self._stopping.is_set():
            try:
                await work()
            except Exception:
                # Whatever it was, such as a database that is away, the next round tries again.
                logger.exception("a round in the background failed")
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)
