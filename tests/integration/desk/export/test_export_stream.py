"""A download that does not come to its end, and one that is long."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from bot.desk.agents.payloads import Language
from bot.desk.conversations import Conversations
from bot.desk.export import export_page
from bot.desk.export.lines import lines_of
from bot.desk.export.stream import stream_file
from bot.desk.export.table import table_of
from bot.desk.web.rendering import Rendering
from bot.store.conversation_filter import ConversationFilter
from bot.store.patience import TookTooLong
from bot.store.tables import conversations, events
from tests.integration.desk.export.conftest import InBetween
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record, payment_talk

AT = 1_772_353_000.0
BOTH = pytest.mark.parametrize("path", ["/conversations.csv", "/conversations.jsonl"])
BROKEN = OperationalError("SELECT", {}, Exception("the database is away"))


@pytest.fixture
async def several(record: Record) -> None:
    """More conversations than a piece holds."""
    for number in range(9):
        await record.keep(f"widget-{number}", payment_talk(AT + 1000 * number))


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when a download has ended, whichever way."""
    event = asyncio.Event()

    async def watched(*values: Any) -> None:
        try:
            await stream_file(*values)
        finally:
            event.set()

    monkeypatch.setattr(export_page, "stream_file", watched)
    return event


@BOTH
@pytest.mark.usefixtures("several")
async def test_who_hangs_up_ends_the_reading_and_harms_no_connection(
    lead: Visitor, in_between: InBetween, ended: asyncio.Event, path: str
) -> None:
    in_between.holds_at = in_between.reads + 4
    answer = await lead.session.get(path)
    assert await answer.content.readline()
    await in_between.held.wait()

    answer.close()
    await ended.wait()
    # What is being read at that moment is read to its end, and nothing after it.
    assert len(in_between.lasting) == 1
    in_between.gate.set()
    await in_between.lasting.wait()
    assert in_between.reads == in_between.holds_at

    in_between.holds_at = None
    async with lead.session.get(path) as again:
        assert (await again.text()).count("widget-0")


@BOTH
@pytest.mark.usefixtures("several")
async def test_a_database_that_fails_in_the_middle_breaks_the_download_off(
    lead: Visitor, in_between: InBetween, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    in_between.holds_at, in_between.error = in_between.reads + 4, BROKEN

    answer = await lead.session.get(path)
    assert answer.status == 200
    with pytest.raises(aiohttp.ClientPayloadError):
        await answer.read()
    assert "export broke off" in caplog.text


@BOTH
@pytest.mark.parametrize("error", [BROKEN, TookTooLong()], ids=["away", "too long"])
async def test_what_fails_before_the_first_row_is_told_in_words(
    lead: Visitor, in_between: InBetween, path: str, error: Exception
) -> None:
    in_between.holds_at, in_between.error = in_between.reads + 1, error

    shown = await lead.get(path)

    assert shown.status == 503
    assert ("takes too long" in shown.words) is isinstance(error, TookTooLong)


async def test_a_long_table_needs_no_more_memory_than_a_short_one(record: Record, settings: Any) -> None:
    await record.database.write(lambda connection: fill(connection, 20_000))
    rendering = Rendering(ZoneInfo("Asia/Shanghai"))
    texts = rendering.texts[Language.EN]
    opened = Conversations(settings.conversations_url)
    try:
        few, every = ConversationFilter(active_until=2_000.0), ConversationFilter()
        short = await peak(lambda: table_of(opened.read, few, AT, rendering.zone, texts), expected=2_000)
        long = await peak(lambda: table_of(opened.read, every, AT, rendering.zone, texts), expected=20_000)
        assert long < 1.3 * short

        few, more = (ConversationFilter(active_until=seconds) for seconds in (1_000.0, 3_000.0))
        short = await peak(lambda: lines_of(opened.read, few, AT), expected=1_000)
        long = await peak(lambda: lines_of(opened.read, more, AT), expected=3_000)
        assert long < 1.3 * short
    finally:
        opened.close()


def fill(connection: Any, count: int) -> None:
    counts = dict.fromkeys(("user_messages", "bot_messages", "person_messages", "fallbacks", "sample"), 1)
    rows = [
        {"id": f"c{number}", "first_at": 0.0, "last_at": float(number), "last_event_id": number + 1, **counts}
        for number in range(count)
    ]
    connection.execute(insert(conversations), rows)
    said = '{"event": "user", "timestamp": 1.0, "text": "' + "hello " * 20 + '"}'
    lines = [{"conversation_id": row["id"], "type": "user", "name": "greet", "at": 1.0, "data": said} for row in rows]
    connection.execute(insert(events), lines)


async def peak(pieces: Callable[[], Any], expected: int) -> int:
    """The most memory that is in use while so many lines are read, in bytes."""
    tracemalloc.start()
    try:
        lines = 0
        async for piece in pieces():
            lines += piece.count("\n")
        assert expected <= lines <= expected + 1
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
