"""Forgets a user: what is kept of him is removed everywhere, and what comes of him meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from functools import partial

from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record as note
from bot.desk.handoffs.work import working
from bot.desk.retention import handoffs, outbox, record
from bot.desk.retention.blanking import blank
from bot.desk.retention.finding import DESK, OUTBOX, RECORD, Counts, Found, find
from bot.desk.retention.house import House
from bot.desk.retention.sqlite_file import write_anew
from bot.desk.retention.traces import Names
from bot.desk.retention.words import merge_words

_AT_ONCE = 20  # conversations in one transaction: a turn waits for no more than that
_ROUNDS = 3  # the user may be writing at this very moment


async def forget(house: House, found: Found) -> tuple[Names, Counts]:
    """Remove it; all names of the user, and how many rows of each table went."""
    removed: Counts = {RECORD: Counter(), DESK: Counter(), OUTBOX: Counter()}
    for _ in range(_ROUNDS):
        await _remove(house, found, removed)
        found = await find(house, found.names, found.tables)
        if found.is_empty:
            break
    await _blank(house, found, removed)
    counted = ", ".join(f"{where} {sum(counts.values())}" for where, counts in removed.items())
    await note(house.desk, None, Action.FORGET, None, counted, None, house.clock())
    if found.tables.record:
        await merge_words(house.record)
    for file in house.files():
        await asyncio.to_thread(write_anew, file)
    return found.names, removed


async def _remove(house: House, found: Found, removed: Counts) -> None:
    # The bot's side first: what it has forgotten it cannot hand over again.
    stored = sorted(found.stored)
    for place in range(0, len(stored), _AT_ONCE):
        some = stored[place : place + _AT_ONCE]
        removed[RECORD] += await house.record.write(partial(record.remove, tables=found.tables.record, names=some))
    removed[OUTBOX]["files"] += await asyncio.to_thread(outbox.remove, found.packets)
    async with working(house.desk, house.clock()) as work:
        removed[DESK] += await work.connection.run_sync(handoffs.remove, found.tables.desk, found.kept)
        # Of a conversation that the desk has no hand-off of somebody may have read all the same.
        names = found.names.conversations | found.names.numbers
        removed[DESK][handoffs.AUDIT] += await work.connection.run_sync(handoffs.forget_deeds, names)
        await work.recount()


async def _blank(house: House, found: Found, removed: Counts) -> None:
    if found.tables.record:
        removed[RECORD] += await house.record.write(partial(blank, tables=found.tables.record, names=found.names))
    async with working(house.desk, house.clock()) as work:
        removed[DESK] += await work.connection.run_sync(blank, found.tables.desk, found.names)
