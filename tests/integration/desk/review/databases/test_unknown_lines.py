"""What was not understood, as it is read and grouped; on both databases."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.engine import Connection

from bot.desk.conversations import Conversations
from bot.desk.review.unknown import Trend, Unknown, corrected_since, read_unknown
from bot.store.review_tables import corrections
from tests.integration.desk.review.reviewed import NOW
from tests.integration.desk.review.talk import Record, Talk

DAY = 24 * 3600.0
GUESSES = (("ask_usage", 0.3), ("ask_fees", 0.2), ("ask_limits", 0.1), ("greet", 0.05))
METRO = ("乘车码怎么开通", "怎么开通乘车码", "乘车码在哪开通", "我要开通乘车码")


def asked(at: float, *lines: str, language: str = "zh", user_id: str | None = None) -> Talk:
    """A conversation in which nothing was understood."""
    talk = Talk(at, user_id=user_id)
    for line in lines:
        talk.not_understood(line, *GUESSES, language=language).bot("?")
    return talk


def shown(unknown: Unknown) -> list[list[str]]:
    return [[line.text for line in group.lines] for group in unknown.groups]


async def test_lines_that_are_alike_stand_together_newest_first(record: Record, conversations: Conversations) -> None:
    await record.keep("one", asked(NOW - 2 * DAY, METRO[0], "碎屏险能理赔吗"))
    seqs = await record.keep("two", asked(NOW - DAY, METRO[1], METRO[2]))
    talk = Talk(NOW - DAY).user("付款失败", "payment_failure", language="zh").bot("查一下")
    await record.keep("three", talk)
    unknown = await read_unknown(conversations, NOW - 3 * DAY, NOW)
    assert shown(unknown) == [[METRO[2], METRO[1], METRO[0]], ["碎屏险能理赔吗"]]
    assert (unknown.count, unknown.alone, unknown.is_cut) == (4, 1, False)
    group = unknown.groups[0]
    assert (group.key, group.conversations) == (seqs[2], 2)
    assert [name for name, _ in group.intents] == ["ask_usage", "ask_fees", "ask_limits"]
    assert unknown.group_with(seqs[0]) == group
    assert unknown.group_with(seqs[1]) is None


async def test_a_line_that_was_said_often_is_one_example(record: Record, conversations: Conversations) -> None:
    for number in range(3):
        await record.keep(f"c{number}", asked(NOW - DAY + number, METRO[0]))
    (group,) = (await read_unknown(conversations, NOW - 3 * DAY, NOW)).groups
    assert [(each.line.conversation_id, each.times) for each in group.examples] == [("c2", 3)]


async def test_what_was_said_most_often_is_the_first_example(record: Record, conversations: Conversations) -> None:
    for number, line in enumerate((METRO[0], METRO[1], METRO[0], METRO[2])):
        await record.keep(f"c{number}", asked(NOW - DAY + number, line))
    (group,) = (await read_unknown(conversations, NOW - 3 * DAY, NOW)).groups
    assert [(each.line.text, each.times) for each in group.examples] == [(METRO[0], 2), (METRO[2], 1), (METRO[1], 1)]


async def test_only_the_time_and_the_language_that_are_asked_for_are_read(
    record: Record, conversations: Conversations
) -> None:
    await record.keep("old", asked(NOW - 9 * DAY, METRO[0]))
    await record.keep("zh", asked(NOW - DAY, METRO[1]))
    await record.keep("en", asked(NOW - DAY, "where is the metro code", language="en"))
    assert shown(await read_unknown(conversations, NOW - 3 * DAY, NOW, "zh")) == [[METRO[1]]]
    assert shown(await read_unknown(conversations, NOW - 3 * DAY, NOW, "en")) == [["where is the metro code"]]
    assert (await read_unknown(conversations, NOW - 10 * DAY, NOW)).count == 3


async def test_of_too_many_the_newest_are_grouped_and_that_is_told(
    record: Record, conversations: Conversations
) -> None:
    seqs = await record.keep("one", asked(NOW - DAY, *METRO))
    unknown = await read_unknown(conversations, NOW - 3 * DAY, NOW, most=3)
    assert shown(unknown) == [[METRO[3], METRO[2], METRO[1]]]
    assert unknown.is_cut
    assert unknown.since == unknown.groups[0].lines[-1].at
    assert unknown.group_with(seqs[0]) is None
    assert not (await read_unknown(conversations, NOW - 3 * DAY, NOW, most=4)).is_cut


async def test_what_is_personal_is_masked(record: Record, conversations: Conversations) -> None:
    words = "我是 user-77c41d9e20，手机 13812345678，邮箱 chen@example.com，交易 pay_6043ad4ab4aefd35"
    await record.keep("one", asked(NOW - DAY, words, user_id="user-77c41d9e20"))
    ((text,),) = shown(await read_unknown(conversations, NOW - 3 * DAY, NOW))
    assert not [each for each in ("77c41d9e20", "13812345678", "chen@", "6043ad4a") if each in text]
    assert text.startswith("我是")


async def test_a_trend_is_the_later_half_beside_the_earlier(record: Record, conversations: Conversations) -> None:
    for number in range(3):
        await record.keep(f"early-{number}", asked(NOW - 3 * DAY + number, METRO[0]))
    for number in range(9):
        await record.keep(f"late-{number}", asked(NOW - DAY + number, METRO[0]))
    for number in range(4):
        await record.keep(f"gone-{number}", asked(NOW - 3 * DAY + number, "碎屏险能理赔吗"))
    rising, falling = (await read_unknown(conversations, NOW - 4 * DAY, NOW)).groups
    assert (rising.trend.earlier, rising.trend.later, rising.trend.direction) == (3, 9, "rising")
    assert (falling.trend.earlier, falling.trend.later, falling.trend.direction) == (4, 0, "falling")


async def test_two_more_of_few_are_no_trend() -> None:
    directions = [Trend(*each).direction for each in ((0, 2), (0, 3), (3, 0), (10, 14), (10, 15), (5, 5))]
    assert directions == ["steady", "rising", "falling", "steady", "rising", "steady"]


async def test_lines_that_were_corrected_are_known(record: Record, conversations: Conversations) -> None:
    first, _, second, _ = await record.keep("one", asked(NOW - DAY, *METRO[:2]))
    row = {"conversation_id": "one", "language": "zh", "words": METRO[0], "intent": "ask_usage", "by": "anna"}
    rows = [{**row, "event_id": first, "at": NOW}, {**row, "event_id": second, "at": NOW - 2 * DAY}]
    await conversations.write(lambda connection: connection.execute(insert(corrections), rows))
    assert await corrected_since(conversations, NOW - DAY) == {first}


async def test_a_line_of_half_a_character_breaks_nothing(record: Record, conversations: Conversations) -> None:
    await record.keep("one", asked(NOW - DAY, "\ud83d", "", METRO[0]))
    assert (await read_unknown(conversations, NOW - 3 * DAY, NOW)).count == 3


async def test_the_newest_are_found_by_their_index(record: Record, conversations: Conversations) -> None:
    await record.keep("one", asked(NOW - DAY, METRO[0]))
    ran: list[tuple[str, Any]] = []
    event.listen(conversations.engine, "before_cursor_execute", lambda *of: ran.append((of[2], of[3])))
    await read_unknown(conversations, NOW - 3 * DAY, NOW)
    (query,) = (each for each in ran if "nlu_fallback" in each[0])

    def explain(connection: Connection) -> str:
        if conversations.is_shared:
            # A table of a few rows is read whole otherwise.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        word = "EXPLAIN" if conversations.is_shared else "EXPLAIN QUERY PLAN"
        return " ".join(str(row) for row in connection.exec_driver_sql(f"{word} {query[0]}", query[1]))

    assert "ix_events_fallback" in await conversations.read(explain)


async def test_the_event_loop_goes_on_while_they_are_grouped(record: Record, conversations: Conversations) -> None:
    await record.keep("one", asked(NOW - DAY, *(f"{METRO[number % 4]} {number}" for number in range(100))))
    making = asyncio.create_task(read_unknown(conversations, NOW - 3 * DAY, NOW))
    turns = 0
    while not making.done():
        turns += 1
        await asyncio.sleep(0)
    assert (await making).count == 100
    assert turns > 10
