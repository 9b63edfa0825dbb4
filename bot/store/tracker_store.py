"""Rasa's tracker store on the conversation store: a turn is kept as a whole, or not at all."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.store.announcements import Announcements, News
from bot.store.database import DEFAULT_URL, Database
from bot.store.event_row import LOGIN
from bot.store.event_rows import events_of
from bot.store.last_turns import last_turns
from bot.store.live_tracker import LiveTracker
from bot.store.migrate import migrate
from bot.store.postgres_relay import PostgresRelay
from bot.store.record import Added, append
from bot.store.summary import EventData
from bot.store.tables import conversations, events
from bot.telemetry.metrics import note_events

logger = logging.getLogger(__name__)


def _forget_logins(tracker: LiveTracker) -> None:
    """What a user is registered with has served its turn: neither the database nor memory keeps it."""
    for event in list(tracker.events)[tracker.stored_events :]:
        if isinstance(event, UserUttered):
            # Rasa gives the event metadata of its own once it knows its model; what was parsed keeps the former.
            for metadata in (event.metadata, event.parse_data.get("metadata")):
                if metadata:
                    metadata.pop(LOGIN, None)


class Forgotten(SQLAlchemyError):  # type: ignore[misc]
    """The conversation of a turn is not there any more; nothing of the turn is kept, the next one begins anew."""


class ConversationStore(TrackerStore):  # type: ignore[misc]
    """Keeps conversations in the tables of one database. Named in endpoints.yml.

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
        self._relay = PostgresRelay(self.database.url) if self.database.is_shared else None
        self.announcements = Announcements(self._relay)
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
        rows = await self.database.read(lambda connection: last_turns(connection, sender_id))
        if not rows:
            return None
        tracker = self._tracker(sender_id, rows)
        tracker.forget_old_turns()
        return self._remember(tracker)

    async def retrieve_full_tracker(self, conversation_id: str) -> LiveTracker | None:
        """The tracker with all events of all sessions."""
        of_conversation = select(events.c.id, events.c.data).where(events.c.conversation_id == conversation_id)
        in_order = of_conversation.order_by(events.c.id)
        rows = await self.database.read(lambda connection: connection.execute(in_order).all())
        return self._tracker(conversation_id, rows) if rows else None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are not stored yet, all or none. Raises SQLAlchemyError when that fails."""
        if not isinstance(tracker, LiveTracker):
            raise TypeError(f"the store saves the trackers it gave out, not a {type(tracker).__name__}")
        _forget_logins(tracker)
        added = tracker.event_data(tracker.stored_events)
        if not added:
            return
        sender_id, expected = tracker.sender_id, tracker.last_event_id
        # Whatever happens next, what is in memory may not be what is in the database.
        self._live.pop(sender_id, None)
        try:
            before, last = await self._append(sender_id, added, expected)
        except IntegrityError:
            # Another worker made the conversation's row meanwhile.
            before, last = await self._append(sender_id, added, expected)
        self.announcements.announce(sender_id, News.STORED)
        note_events(added)
        new_events = list(tracker.events)[tracker.stored_events :]
        tracker.stored_events, tracker.last_event_id = len(tracker.events), last
        if before == expected:
            tracker.forget_old_turns()
            self._remember(tracker)
        else:
            logger.warning("conversation %s was written to by two workers at once; both turns are kept", sender_id)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, new_events, sender_id)

    async def tell(self, conversation_id: str, news: News) -> None:
        """Tell all workers what is not stored, such as who is typing. Raises SQLAlchemyError."""
        self.announcements.announce(conversation_id, news)
        relay = self._relay
        if relay is not None:
            await self.database.write(lambda connection: relay.notify(connection, conversation_id, news))

    def language_of(self, conversation_id: str) -> str | None:
        """The language of a conversation whose tracker is in memory."""
        tracker = self._live.get(conversation_id)
        return None if tracker is None else tracker.get_slot("language")

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

    async def _append(self, sender_id: str, added: list[EventData], expected: int) -> Added:
        """Add events and tell the other workers."""

        def append_and_tell(connection: Connection) -> Added:
            if self._relay is not None:
                self._relay.notify(connection, sender_id)
            appended = append(connection, sender_id, added)
            if expected not in (0, appended.before) and not _has(connection, sender_id, expected):
                raise Forgotten("the conversation was removed while the turn was under way")
            return appended

        return await self.database.write(append_and_tell)

    def _tracker(self, sender_id: str, rows: list[Row]) -> LiveTracker:
        read = events_of(row.data for row in rows)
        tracker: LiveTracker = LiveTracker.from_events(sender_id, read, self.domain.slots)
        tracker.stored_events, tracker.last_event_id = len(tracker.events), rows[-1].id
        return tracker

    def _remember(self, tracker: LiveTracker) -> LiveTracker:
        self._live[tracker.sender_id] = tracker
        self._live.move_to_end(tracker.sender_id)
        while len(self._live) > self._cached_trackers:
            self._live.popitem(last=False)
        return tracker


# Made once: to put them together takes longer than to run them.
_HEAD = select(conversations.c.last_event_id).where(conversations.c.id == bindparam("sender_id"))
_EVENT = select(events.c.id).where(events.c.conversation_id == bindparam("sender_id"), events.c.id == bindparam("id"))


def _has(connection: Connection, sender_id: str, event_id: int) -> bool:
    return connection.execute(_EVENT, {"sender_id": sender_id, "id": event_id}).first() is not None


def _last_event_id(connection: Connection, sender_id: str) -> int:
    return int(connection.execute(_HEAD, {"sender_id": sender_id}).scalar() or 0)
