"""Finds what is kept of one user: in the record, at the desk, and in what waits between them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy.engine import Connection

from bot.desk.retention import handoffs, outbox, record
from bot.desk.retention.handoffs import Kept
from bot.desk.retention.house import House, Tables
from bot.desk.retention.layout import Layout
from bot.desk.retention.outbox import Packet
from bot.desk.retention.speaker import conversations_of, numbers_of
from bot.desk.retention.traces import Names

Counts = dict[str, Counter[str]]
RECORD, DESK, OUTBOX = "conversations", "desk", "outbox"


@dataclass(frozen=True)
class Found:
    """What is kept of a user: the conversations of the record, hand-offs of the desk, files that wait."""

    names: Names
    stored: frozenset[str]
    kept: tuple[Kept, ...]
    packets: tuple[Packet, ...]
    tables: Tables = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.stored or self.kept or self.packets)


async def find(house: House, names: Names, tables: Tables | None = None) -> Found:
    """Find what is kept of a user, and of the conversations and numbers that are known to be his."""
    tables = tables or await house.tables()
    if tables.record:
        look = partial(conversations_of, tables=tables.record, user_id=names.user_id)
        names = replace(names, conversations=names.conversations | await house.record.read(look))
    while True:
        kept, packets = await _handed_over(house, names)
        stored, known = frozenset[str](), _with_those(names, kept, packets)
        if tables.record:
            stored, known = await house.record.read(partial(_recorded, tables=tables.record, names=known))
        if known == names:
            return Found(names, stored, tuple(kept), tuple(packets), tables)
        # One thing leads to another: a hand-off to its conversation, a conversation to its other hand-offs.
        names = known


async def count(house: House, found: Found) -> Counts:
    """How many rows of each table it is."""
    counted: Counts = {RECORD: Counter(), OUTBOX: Counter(files=len(found.packets))}
    if found.stored:
        work = partial(record.count, tables=found.tables.record, names=found.stored)
        counted[RECORD] = await house.record.read(work)
    async with house.desk.connect() as connection:
        counted[DESK] = await connection.run_sync(handoffs.count, found.tables.desk, found.kept)
    return counted


def _recorded(connection: Connection, tables: tuple[Layout, ...], names: Names) -> tuple[frozenset[str], Names]:
    """Which of the conversations the record has, and the numbers of hand-offs that it adds."""
    numbers = names.numbers | numbers_of(connection, tables, names.conversations)
    return frozenset(record.known(connection, names.conversations)), replace(names, numbers=numbers)


async def _handed_over(house: House, names: Names) -> tuple[list[Kept], list[Packet]]:
    def look(connection: Connection) -> list[Kept]:
        of_user = handoffs.of_user(connection, names.user_id)
        of_numbers = handoffs.of_numbers(connection, names.numbers)
        conversations = names.conversations | {each.conversation_id for each in (*of_user, *of_numbers)}
        of_conversations = handoffs.of_conversations(connection, conversations)
        return sorted({*of_user, *of_numbers, *of_conversations}, key=lambda each: each.id)

    async with house.desk.connect() as connection:
        kept: list[Kept] = await connection.run_sync(look)
    packets = await asyncio.to_thread(outbox.of, house.outbox, names.user_id, names.conversations, names.numbers)
    return kept, packets


def _with_those(names: Names, kept: Collection[Kept], packets: Collection[Packet]) -> Names:
    spoken = {each.conversation_id for each in kept} | {
        each.conversation_id for each in packets if each.conversation_id
    }
    numbers = {each.number for each in kept} | {each.number for each in packets}
    return replace(names, conversations=names.conversations | spoken, numbers=names.numbers | numbers)
