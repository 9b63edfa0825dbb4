"""Databases with something in every table, whatever tables there are: of one user, or of another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.types import JSON, Boolean, Float, Integer, String, Variant

from bot.desk.schema import UtcDateTime, metadata
from bot.store.record import append
from bot.store.review_tables import REVIEW_TABLES
from bot.store.tables import events


def talk(connection: Connection, name: str, user_id: str | None, said: str, *, at: float, noted: str = "x") -> None:
    """A message, and a row in every table in which leads add something to a conversation."""
    append(connection, name, [message(user_id, said, at)])
    event_id = connection.execute(select(events.c.id).where(events.c.conversation_id == name)).scalar()
    given = {"conversation_id": name, "event_id": event_id, "words": noted, "by": "mei", "reviewer": "mei", "tag": "t"}
    for table in REVIEW_TABLES:
        if "conversation_id" in table.c:
            connection.execute(insert(table).values(_row(table, given)))


def message(user_id: str | None, said: str, at: float) -> dict[str, Any]:
    """What a user says, as Rasa records it; None for a guest."""
    return {
        "event": "user",
        "timestamp": at,
        "text": said,
        "input_channel": "widget",
        "parse_data": {"intent": {"name": "payment_failure", "confidence": 0.9}},
        "metadata": {"identity": {"user_id": user_id}},
    }


def handoff(
    connection: Connection,
    number: str,
    conversation_id: str,
    user_id: str | None,
    said: str,
    *,
    now: datetime,
    state: str = "resolved",
    case: str | None = "resolved",
) -> None:
    """A hand-off with a row in every table that refers to one, and what agents did with it in the audit."""
    given = {
        "conversation_id": conversation_id,
        "number": number,
        "user_id": user_id,
        "last_words": said,
        "ended_at": now if state == "resolved" else None,
        "moment": now,
        "agent_id": None,
        "transcript": {"conversation_id": conversation_id, "until": now.isoformat()},
        "address": f"/desk/conversations/{conversation_id}/messages",
    }
    handoffs = metadata.tables["handoffs"]
    key = connection.execute(insert(handoffs).values(_row(handoffs, {**given, "state": state}))).inserted_primary_key[0]
    for table in metadata.sorted_tables:
        references = {
            each.parent.name: each.column.name for each in table.foreign_keys if each.column.table is handoffs
        }
        if references and not (table.name == "cases" and case is None):
            values = {name: number if referred == "number" else key for name, referred in references.items()}
            more = (
                {"state": case} if table.name == "cases" else {"id": f"letter-{key}"} if table.name == "letters" else {}
            )
            connection.execute(insert(table).values(_row(table, {**given, "number": 1, **more, **values})))
    audit = metadata.tables["audit"]
    for subject in (number, conversation_id):
        deed = {"subject": subject, "detail": said, "action": "reveal", "moment": now, "agent_id": None}
        connection.execute(insert(audit).values(_row(audit, deed)))


def _row(table: Table, given: dict[str, Any]) -> dict[str, Any]:
    """A value for every column that a test does not give one, so that no column is forgotten."""
    row = {}
    for column in table.c:
        if column.name in given:
            row[column.name] = given[column.name]
        elif isinstance(column.type, UtcDateTime):
            row[column.name] = given["moment"]
        elif not (column.primary_key and isinstance(_plain(column.type), Integer)):
            row[column.name] = _invented(_plain(column.type))
    return row


def _plain(kind: Any) -> Any:
    return kind.impl if isinstance(kind, Variant) else kind


def _invented(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, (Integer, Float)):
        return 1
    return "x" if isinstance(kind, String) else {} if isinstance(kind, JSON) else None
