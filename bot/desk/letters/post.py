"""Writes letters in the transaction of the change they tell, and reads those that the bot has not taken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.letters.letter import Letter
from bot.desk.letters.tables import letters


async def post_changes(
    connection: AsyncConnection, changes: Sequence[tuple[int, str, dict[str, Any]]], now: datetime
) -> None:
    """Tell the bot changes, one a hand-off: its id, its conversation, and what has changed."""
    posts = [
        (str(uuid.uuid4()), handoff_id, _address(conversation_id, "changes"), body)
        for handoff_id, conversation_id, body in changes
    ]
    await _post(connection, posts, now)


async def post_message(
    connection: AsyncConnection,
    letter_id: str,
    handoff_id: int,
    conversation_id: str,
    body: dict[str, Any],
    now: datetime,
) -> None:
    """Tell the bot a line of a person, under the id that its writer's page gave it."""
    await _post(connection, [(letter_id, handoff_id, _address(conversation_id, "messages"), body)], now)


async def handoff_of_letter(connection: AsyncConnection, letter_id: str) -> int | None:
    """Of which hand-off the letter of this id is, None when there is no such letter."""
    query = select(letters.c.handoff_id).where(letters.c.id == letter_id)
    found: int | None = (await connection.execute(query)).scalar()
    return found


async def letters_not_taken(connection: AsyncConnection, handoff_id: int) -> list[Letter]:
    """The letters of a hand-off that the bot has not taken, in order; the refused ones among them."""
    query = (
        select(letters)
        .where(letters.c.handoff_id == handoff_id, letters.c.delivered_at.is_(None))
        .order_by(letters.c.number)
    )
    return [_letter(row) for row in await connection.execute(query)]


async def _post(
    connection: AsyncConnection, posts: Sequence[tuple[str, int, str, dict[str, Any]]], now: datetime
) -> None:
    if not posts:
        return
    newest = select(letters.c.handoff_id, func.max(letters.c.number).label("number")).group_by(letters.c.handoff_id)
    known = newest.where(letters.c.handoff_id.in_([handoff_id for _, handoff_id, _, _ in posts]))
    numbers = {row.handoff_id: row.number for row in await connection.execute(known)}
    rows = [
        {
            "id": letter_id,
            "handoff_id": handoff_id,
            "number": numbers.get(handoff_id, 0) + 1,
            "address": address,
            "body": {"id": letter_id, **body},
            "created_at": now,
        }
        for letter_id, handoff_id, address, body in posts
    ]
    await connection.execute(insert(letters), rows)


def _address(conversation_id: str, kind: str) -> str:
    return f"/desk/conversations/{quote(conversation_id, safe='')}/{kind}"


def _letter(row: Any) -> Letter:
    return Letter(
        id=row.id,
        number=row.number,
        text=row.body.get("text"),
        change=row.body.get("change"),
        agent=row.body.get("agent"),
        created_at=row.created_at,
        refusal=row.refusal,
    )
