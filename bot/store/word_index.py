"""The index of what users and persons said, by which conversations are searched. The bot's own lines are not in it.

On SQLite an FTS5 table without contents, whose ``rowid`` is the id of an event; on PostgreSQL a table with a
``tsvector``. Both hold segmented texts, see words.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import text as sql
from sqlalchemy.engine import Connection

from bot.store.summary import PERSON, EventData
from bot.store.words import POSTGRESQL, SQLITE, segmented

# No contents: the texts are in the events. No sizes: nothing is ranked. Words are set apart by segmented() alone.
FTS5_TABLE = "CREATE VIRTUAL TABLE message_words USING fts5(words, content='', columnsize=0, tokenize='ascii')"
_ADD = {
    SQLITE: sql("INSERT INTO message_words (rowid, words) VALUES (:event_id, :words)"),
    POSTGRESQL: sql(
        "INSERT INTO message_words (event_id, conversation_id, words)"
        " VALUES (:event_id, :conversation_id, to_tsvector('simple', :words))"
    ),
}
_REMOVE = {
    # FTS5 forgets a text by being told it once more.
    SQLITE: sql("INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', :event_id, :words)"),
    POSTGRESQL: sql("DELETE FROM message_words WHERE event_id = :event_id"),
}


def words_of(event: EventData) -> str | None:
    """What of an event is searched for; None where it is nothing."""
    is_said = event["event"] == "user" or _is_of_person(event)
    return segmented(event.get("text") or "") or None if is_said else None


def add_words(connection: Connection, conversation_id: str, added: Iterable[tuple[int, EventData]]) -> None:
    """Make events, each with its id, findable by what was said in them."""
    rows = [{"event_id": event_id, "words": words_of(event)} for event_id, event in added]
    rows = [{**row, "conversation_id": conversation_id} for row in rows if row["words"]]
    if rows:
        connection.execute(_ADD[connection.dialect.name], rows)


def remove_words(connection: Connection, removed: Iterable[tuple[int, str]]) -> None:
    """Forget the words of events, each an id and the text of its column ``data``; before they are removed themselves.

    SQLite's index writes down that they are removed; they leave its file when FTS5 merges the pieces they are in.
    """
    rows = [{"event_id": event_id, "words": words_of(json.loads(data))} for event_id, data in removed]
    rows = [row for row in rows if row["words"]]
    if rows:
        connection.execute(_REMOVE[connection.dialect.name], rows)


def create_index(connection: Connection) -> None:
    """Make an empty index on SQLite, as the migration makes it."""
    connection.execute(sql(FTS5_TABLE))


def _is_of_person(event: EventData) -> bool:
    return event["event"] == "bot" and (event.get("metadata") or {}).get("author") == PERSON
