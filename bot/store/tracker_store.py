"""Rasa's tracker store on the conversation store: a turn's events and the summary in one transaction."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.store.database import DEFAULT_URL, Database
from bot.store.event_rows import events_of, row_of
from bot.store.live_tracker import KEPT_EVENTS, LiveTracker, start_of_last_turns
from bot.store.migrate import migrate
from bot.store.summary import EventData, Summary, summarise
from bot.store.tables import conversations, events

logger = logging.getLogger(__name__)

_COLUMNS = [conversations.c[field.name] for field in fields(Summary)]
_OLD_STATE = ("slot", "active_loop", "pause", "resume", "reset_slots", "restart")
# More than is kept, so that a whole turn lies before the last ones and the cut falls between turns.
_LOADED_EVENTS = KEPT_EVENTS + 80


class ConversationStore(TrackerStore):  # type: ignore[misc]
    """Keeps conversations in two tables of one database. Named in endpoints.yml.

    Trackers of the latest conversations stay in memory. One is used again only if the database has no newer event, so
    several workers may share the database. Whoever saves must hold the conversation's lock.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        cached_trackers: int = 200,
        **named: Any,
    ) -> None:
        super().__init__(domain, event_broker, **named)
        self.database = Database(host or DEFAULT_URL)
        self._cached_trackers = cached_trackers
        self._live: OrderedDict[str, LiveTracker] = OrderedDict()
        self.database.migrate(migrate)

    def init_tracker(self, sender_id: str) -> LiveTracker:
        """An empty tracker."""
        return LiveTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> LiveTracker | None:
        """The tracker with the last turns of the present session; None for a conversation that is not known."""
        tracker = self._live.get(sender_id)
        if tracker is not None and tracker.stored_events == len(tracker.events):
            newest = await self.database.read(lambda connection: _last_event_id(connection, sender_id))
            if newest == tracker.last_event_id:
                self._live.move_to_end(sender_id)
                return tracker
        self._live.pop(sender_id, None)
        texts, last_event_id = await self.database.read(lambda connection: _last_turns(connection, sender_id))
        if not texts:
            return None
        return self._remember(self._tracker(sender_id, texts, last_event_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> LiveTracker | None:
        """The tracker with all events of all sessions, for reading."""
        of_conversation = select(events.c.data).where(events.c.conversation_id == conversation_id).order_by(events.c.id)
        texts = await self.database.read(lambda connection: connection.execute(of_conversation).scalars().all())
        return self._tracker(conversation_id, texts, 0) if texts else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are not stored yet, all or none. Raises SQLAlchemyError when that fails."""
        if not isinstance(tracker, LiveTracker):
            raise TypeError(f"the store saves the trackers it gave out, not a {type(tracker).__name__}")
        added = tracker.event_data(tracker.stored_events)
        if not added:
            return
        sender_id, expected = tracker.sender_id, tracker.last_event_id
        # Whatever happens next, what is in memory may not be what is in the database.
        self._live.pop(sender_id, None)
        try:
            before, last = await self.database.write(lambda connection: _append(connection, sender_id, added))
        except IntegrityError:
            # Another worker made the conversation's row meanwhile.
            before, last = await self.database.write(lambda connection: _append(connection, sender_id, added))
        new_events = list(tracker.events)[tracker.stored_events :]
        tracker.stored_events, tracker.last_event_id = len(tracker.events), last
        if before == expected:
            tracker.forget_old_turns()
            self._remember(tracker)
        else:
            logger.warning("conversation %s was written to by two workers at once; both turns are kept", sender_id)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new_events, sender_id)

    async def exists(self, conversation_id: str) -> bool:
        """Whether the conversation has an event."""
        return await self.database.read(lambda connection: _last_event_id(connection, conversation_id)) > 0

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        ids = select(conversations.c.id)
        found: list[str] = await self.database.read(lambda connection: connection.execute(ids).scalars().all())
        return found

    async def is_reachable(self) -> bool:
        """Whether the database answers."""
        try:
            await self.database.read(lambda connection: connection.execute(select(1)).scalar())
        except Exception:
            logger.exception("the conversation store does not answer")
            return False
        return True

    def close(self) -> None:
        """Give the database's connections back."""
        self.database.close()

    def _tracker(self, sender_id: str, texts: Iterable[str], last_event_id: int) -> LiveTracker:
        tracker: LiveTracker = LiveTracker.from_events(sender_id, events_of(texts), self.domain.slots)
        tracker.stored_events, tracker.last_event_id = len(tracker.events), last_event_id
        return tracker

    def _remember(self, tracker: LiveTracker) -> LiveTracker:
        self._live[tracker.sender_id] = tracker
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > self._cached_trackers:
            self._live.popitem(last=False)
        return tracker


def _last_event_id(connection: Connection, sender_id: str) -> int:
    of_conversation = select(conversations.c.last_event_id).where(conversations.c.id == sender_id)
    return int(connection.execute(of_conversation).scalar() or 0)


def _last_turns(connection: Connection, sender_id: str) -> tuple[list[str], int]:
    """The events of the last turns, before them those that still decide; and the id of the newest."""
    of_conversation = events.c.conversation_id == sender_id
    last_event_id = _last_event_id(connection, sender_id)
    session = select(func.max(events.c.id)).where(of_conversation, events.c.type == "session_started")
    first = connection.execute(session).scalar() or 0
    newest_first = (
        select(events.c.id, events.c.data)
        .where(of_conversation, events.c.id >= first, events.c.id <= last_event_id)
        .order_by(events.c.id.desc())
        .limit(_LOADED_EVENTS)
    )
    rows = list(reversed(connection.execute(newest_first).all()))
    if len(rows) < _LOADED_EVENTS:
        return [row.data for row in rows], last_event_id
    start = start_of_last_turns(events_of(row.data for row in rows))
    before = (of_conversation, events.c.id >= first, events.c.id < rows[start].id, events.c.type.in_(_OLD_STATE))
    newest = select(func.max(events.c.id)).where(*before).group_by(events.c.type, events.c.name)
    state = select(events.c.data).where(events.c.id.in_(newest)).order_by(events.c.id)
    return [*connection.execute(state).scalars(), *(row.data for row in rows[start:])], last_event_id


def _summary(row: Row) -> Summary:
    return Summary(**{field.name: row[field.name] for field in fields(Summary)})


def _append(connection: Connection, sender_id: str, added: list[EventData]) -> tuple[int, int]:
    """Add events and what they change in the summary; the id of the newest event before and now."""
    of_conversation = conversations.c.id == sender_id
    row = connection.execute(
        select(conversations.c.last_event_id, *_COLUMNS).where(of_conversation).with_for_update()
    ).first()
    before = row.last_event_id if row else 0
    summary = summarise(added, _summary(row) if row else None)
    connection.execute(insert(events), [row_of(sender_id, event) for event in added])
    last = connection.execute(select(func.max(events.c.id)).where(events.c.conversation_id == sender_id)).scalar()
    values = {**asdict(summary), "last_event_id": last}
    if row:
        connection.execute(update(conversations).where(of_conversation).values(**values))
    else:
        connection.execute(insert(conversations).values(id=sender_id, **values))
    return int(before), int(last)
