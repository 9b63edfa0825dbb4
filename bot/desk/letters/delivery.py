"""Delivers letters: of one hand-off in order, one at a time and until the bot has answered; hand-offs side by side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.clock import Clock
from bot.desk.letters.bell import Bell
from bot.desk.letters.bot_client import BotClient
from bot.desk.letters.outcome import Answered, Outcome, read_answer
from bot.desk.letters.waiting import WaitingLetter, handoffs_with_letters, mark_delivered, mark_refused, next_letter
from bot.desk.live.hub import Hub, of_handoff
from bot.desk.stopping import Stopped, Stopping

logger = logging.getLogger(__name__)

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 10.0
AT_ONCE = 8

# Told of a hand-off that is over for the bot: its number, and the state in which its conversation is.
Contradicted = Callable[[str, str], Awaitable[None]]


class Delivery:
    """Brings letters to the bot. There is one in a desk: two would bring letters twice."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        bot: BotClient,
        bell: Bell,
        hub: Hub,
        contradicted: Contradicted,
        stopping: Stopping,
        *,
        pauses_s: tuple[float, float] = (SHORTEST_PAUSE_S, LONGEST_PAUSE_S),
    ) -> None:
        self._engine, self._clock, self._bot = engine, clock, bot
        self._bell, self._hub, self._contradicted = bell, hub, contradicted
        self._stopping, self._pauses_s = stopping, pauses_s
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._asked_for: set[int] = set()
        self._is_away = False

    async def run(self) -> None:
        """Deliver until stopped: first what an earlier run has left, then whatever the bell announces."""
        try:
            while True:
                await self._set_out()
                await self._stopping.wait(self._bell.wait())
        except Stopped:
            await asyncio.gather(*self._under_way.values())

    async def _set_out(self) -> None:
        try:
            waiting = await handoffs_with_letters(self._engine)
        except SQLAlchemyError:
            logger.exception("the letters cannot be read")
            return
        for handoff_id in waiting:
            self._asked_for.add(handoff_id)
            if handoff_id not in self._under_way:
                self._under_way[handoff_id] = asyncio.create_task(self._deliver_all(handoff_id))

    async def _deliver_all(self, handoff_id: int) -> None:
        try:
            # A letter may have come between the last look and the end: then it was asked for again.
            while handoff_id in self._asked_for:
                self._asked_for.discard(handoff_id)
                while letter := await next_letter(self._engine, handoff_id):
                    await self._deliver(letter)
        except Stopped:
            logger.debug("a letter waits for the next start")
        except Exception:
            # The next ring of the bell tries again.
            logger.exception("a letter cannot be delivered")
        finally:
            del self._under_way[handoff_id]

    async def _deliver(self, letter: WaitingLetter) -> None:
        pause, longest = self._pauses_s
        while True:
            answered, wait_s = await self._send(letter)
            if answered.outcome is not Outcome.LATER:
                break
            await self._stopping.wait(asyncio.sleep(min(max(pause, wait_s), longest)))
            pause = min(pause * 2, longest)
        await self._note(letter, answered)

    async def _send(self, letter: WaitingLetter) -> tuple[Answered, float]:
        try:
            async with self._turns:
                posted = self._bot.post(letter.address, letter.body)
                status, answer, wait_s = await self._stopping.wait(posted)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            self._log_away(type(error).__name__)
            return Answered(Outcome.LATER), 0.0
        answered = read_answer(letter.body, status, answer)
        if answered.outcome is Outcome.LATER:
            self._log_away(f"it answers {status} {answered.refusal}")
        elif self._is_away:
            self._is_away = False
            logger.info("the bot takes letters again")
        return answered, wait_s or 0.0

    async def _note(self, letter: WaitingLetter, answered: Answered) -> None:
        number = letter.handoff_number
        if answered.outcome is Outcome.CONTRADICTED:
            logger.warning("hand-off %s is over: its conversation is %s", number, answered.state)
            await self._contradicted(number, answered.state)
        elif answered.outcome is Outcome.REFUSED:
            logger.warning("a letter of hand-off %s is refused: %s", number, answered.refusal)
            await mark_refused(self._engine, letter.id, answered.refusal)
        else:
            await mark_delivered(self._engine, letter.id, self._clock())
        news = "delivered" if answered.outcome is Outcome.TAKEN else "refused"
        self._hub.publish(of_handoff(number), {"news": news, "letter": letter.id})

    def _log_away(self, why: str) -> None:
        if not self._is_away:
            logger.warning("the bot does not take letters: %s", why)
        self._is_away = True
