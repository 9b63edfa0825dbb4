"""One transaction in which hand-offs change: state, history, letters and places in the queue together, or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.desk.answers import to_json
from bot.desk.database import writing
from bot.desk.errors import ConflictError, NotFoundError
from bot.desk.handoffs.payloads import EventKind, Handoff, HandoffEvent
from bot.desk.handoffs.queue import recount
from bot.desk.handoffs.rows import SELECT_HANDOFF, handoff_of_row, row_of_event
from bot.desk.handoffs.tables import handoff_events, handoffs
from bot.desk.letters.post import post_changes
from bot.desk.live.hub import QUEUE, News, of_agent, of_handoff
from bot.desk.parts import Desk
from bot.handoff.states import Change, IllegalChange, State, after

# Any number; the same for everybody who changes hand-offs.
_TURN = 7_203_115
_OUT_OF_THE_QUEUE = {"position": None, "wait_from": None, "wait_to": None}


class Work:
    """What a transaction does, and what is to be told once it is committed."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self.connection, self.now = connection, now
        self.news: list[News] = []
        self._has_moved = False

    async def find(self, number: str) -> Handoff:
        """Find a hand-off by its number.

        Raises:
            NotFoundError: when there is none.
        """
        handoff = await self.look_for(number)
        if handoff is None:
            raise NotFoundError("there is no hand-off of this number")
        return handoff

    async def look_for(self, number: str) -> Handoff | None:
        """Find a hand-off by its number, if there is one."""
        row: Any = (await self.connection.execute(SELECT_HANDOFF.where(handoffs.c.number == number))).one_or_none()
        return None if row is None else handoff_of_row(row)

    async def apply(
        self, handoff: Handoff, change: Change, actor: str, told: str | None = None, **values: Any
    ) -> Handoff:
        """Change the state of a hand-off and keep it in its history.

        Raises:
            ConflictError: when the change may not follow, or another has changed the hand-off meanwhile.
        """
        try:
            state = after(handoff.state, change)
        except IllegalChange as error:
            raise not_now(handoff) from error
        return await self.put(handoff, state, EventKind(change.value), actor, told, **values)

    async def put(
        self, handoff: Handoff, state: State, kind: EventKind, actor: str, told: str | None = None, **values: Any
    ) -> Handoff:
        """Put a hand-off into a state."""
        if state is not State.QUEUED:
            values = {**_OUT_OF_THE_QUEUE, **values}
        changed = await self.connection.execute(
            update(handoffs)
            .where(handoffs.c.id == handoff.id, handoffs.c.state == handoff.state.value)
            .values(state=state.value, updated_at=self.now, **values)
        )
        if not changed.rowcount:
            raise not_now(handoff)
        await self.keep(handoff, kind, actor, told=told)
        self._has_moved |= State.QUEUED in (state, handoff.state)
        self.tell(of_handoff(handoff.packet.number), {"news": "state", "state": state.value})
        self.tell(QUEUE, {"news": "state", "number": handoff.packet.number, "state": state.value})
        return await self.find(handoff.packet.number)

    async def keep(
        self, handoff: Handoff, kind: EventKind, actor: str, *, before: str | None = None, told: str | None = None
    ) -> None:
        """Add an entry to the history of a hand-off."""
        event = HandoffEvent(self.now, actor, kind, before, told)
        await self.connection.execute(insert(handoff_events).values(row_of_event(event, handoff.id)))

    async def post(self, handoff: Handoff, change: Change, **more: Any) -> None:
        """Tell the bot a change; what is None is told as well, so that nothing of before stands on."""
        packet = handoff.packet
        body = {"number": packet.number, "change": change.value, **to_json(more)}
        await post_changes(self.connection, [(handoff.id, packet.conversation_id, body)], self.now)

    async def recount(self, but: Handoff | None = None) -> None:
        """Count the queue anew and tell the bot every place that has changed, but for one that is told otherwise."""
        self._has_moved = False
        if await recount(self.connection, self.now, None if but is None else but.id):
            self.tell(QUEUE, {"news": "places"})

    async def finish(self) -> None:
        """Count the queue anew where it has changed and that has not been done."""
        if self._has_moved:
            await self.recount()

    def tell(self, topic: str, data: dict[str, Any]) -> None:
        """Say what is to be told when the transaction is committed."""
        self.news.append((topic, data))

    def tell_agent(self, handoff: Handoff, text_name: str, **more: Any) -> None:
        """Say what the agent who has a hand-off is to be told."""
        if handoff.agent is not None:
            data = {"text_name": text_name, "number": handoff.packet.number, **more}
            self.tell(of_agent(handoff.agent.id), data)


def not_now(handoff: Handoff) -> ConflictError:
    """What is answered when a change may not follow the state of a hand-off."""
    state = handoff.state.value
    return ConflictError(
        f"a hand-off that is {state} does not allow this", {"text_name": "not_possible_now", "state": state}
    )


@asynccontextmanager
async def working(engine: AsyncEngine, now: datetime) -> AsyncIterator[Work]:
    """Change hand-offs for as long as the block lasts; committed at its end, undone by an error."""
    async with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # As on SQLite: who changes the queue takes turns, so that two who count it never wait for each other.
            await connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        work = Work(connection, now)
        yield work
        await work.finish()


@asynccontextmanager
async def changing(desk: Desk) -> AsyncIterator[Work]:
    """The same at a desk that runs: those who listen are told, and the letters set out."""
    async with working(desk.engine, desk.clock()) as work:
        yield work
    for topic, data in work.news:
        desk.live.publish(topic, data)
    desk.letters.wake()
