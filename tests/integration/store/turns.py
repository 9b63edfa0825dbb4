"""Conversations in a store: turns taken as the bot takes them, and what the database then holds."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from rasa.shared.core.events import Event
from sqlalchemy import select

from bot.store import conversations
from bot.store.database import Database
from bot.store.live_tracker import LiveTracker
from bot.store.summary import Summary, summarise
from bot.store.tables import events as table
from bot.store.tracker_store import ConversationStore

CONVERSATION = "terminal-1"


async def begin_turn(store: ConversationStore, events: list[Event], conversation_id: str = CONVERSATION) -> LiveTracker:
    """The conversation's tracker with new events that are not saved yet."""
    tracker = await store.retrieve(conversation_id) or store.init_tracker(conversation_id)
    for event in events:
        tracker.update(event)
    return tracker


async def take_turns(store: ConversationStore, *turns: list[Event], conversation_id: str = CONVERSATION) -> LiveTracker:
    """Turns of a conversation, each saved before the next; the tracker after the last."""
    for events in turns:
        tracker = await begin_turn(store, events, conversation_id)
        await store.save(tracker)
    return tracker


async def rows(database: Database, conversation_id: str = CONVERSATION) -> list[tuple[int, dict[str, Any]]]:
    """The ids and the events that the database holds."""
    query = select(table.c.id, table.c.data).where(table.c.conversation_id == conversation_id).order_by(table.c.id)
    found = await database.read(lambda connection: connection.execute(query).all())
    return [(row.id, json.loads(row.data)) for row in found]


async def texts(database: Database, conversation_id: str = CONVERSATION) -> list[str]:
    """What user and bot said, in order."""
    return [event["text"] for _, event in await rows(database, conversation_id) if event["event"] in ("user", "bot")]


async def assert_the_summary_is_right(database: Database, conversation_id: str = CONVERSATION) -> None:
    """The conversation's row says what its events say."""
    stored = await rows(database, conversation_id)
    row = await conversations.get(database, conversation_id)
    if not stored:
        assert row is None
        return
    assert row is not None
    assert row.last_event_id == stored[-1][0]
    assert Summary(**{field.name: getattr(row, field.name) for field in fields(Summary)}) == summarise(
        [event for _, event in stored]
    )
