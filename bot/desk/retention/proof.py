"""Proves that nothing is left of a user: looks through all tables, files and waiting hand-overs once more."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from bot.desk.retention import outbox
from bot.desk.retention.finding import DESK, OUTBOX, RECORD
from bot.desk.retention.house import House
from bot.desk.retention.layout import layouts
from bot.desk.retention.sqlite_file import found_in
from bot.desk.retention.traces import Names, Trace, mentions, traces
from bot.desk.retention.words import lost_words

FILE = "file"


@dataclass(frozen=True)
class Left:
    """What was found, and in which database, or of what kind it is."""

    where: str
    trace: Trace


@dataclass(frozen=True)
class Proof:
    """`searched` counts the columns that were looked through, table by table in each database.

    `left` tells of the user; `mentions` are words in which the id stands as a name, perhaps somebody else's.
    """

    searched: dict[str, Counter[str]]
    left: tuple[Left, ...]
    mentions: tuple[Left, ...]


async def prove(house: House, names: Names) -> Proof:
    """Look for everything that tells of the user."""
    searched: dict[str, Counter[str]] = {}
    left: list[Left] = []
    mentioned: list[Left] = []

    def look(connection: Connection) -> tuple[Counter[str], list[Trace], list[Trace]]:
        tables = layouts(connection)
        looked_through = Counter({layout.name: len(layout.texts) for layout in tables})
        told = list(traces(connection, tables, names))
        rest = [] if names.is_telling else list(mentions(connection, tables, names.user_id))
        return looked_through, [*told, *lost_words(connection)], rest

    if await house.record.is_there():
        searched[RECORD], told, rest = await house.record.read(look)
        left += [Left(RECORD, trace) for trace in told]
        mentioned += [Left(RECORD, trace) for trace in rest]
    async with house.desk.connect() as connection:
        searched[DESK], told, rest = await connection.run_sync(look)
    left += [Left(DESK, trace) for trace in told]
    mentioned += [Left(DESK, trace) for trace in rest]
    waiting = await asyncio.to_thread(outbox.of, house.outbox, names.user_id, names.conversations, names.numbers)
    left += [Left(OUTBOX, Trace(packet.path.name, "", 1)) for packet in waiting]
    for file in house.files():
        found = await asyncio.to_thread(found_in, file, names.needles())
        searched[FILE] = searched.get(FILE, Counter()) + Counter({file.name: 1})
        left += [Left(FILE, Trace(file.name, "", found))] if found else []
    return Proof(searched, tuple(left), tuple(mentioned))
