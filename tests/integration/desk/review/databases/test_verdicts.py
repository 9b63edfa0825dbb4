"""Verdicts as they are kept: one of each reviewer, changed, flagged and taken back; on both databases."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from itertools import islice

import pytest

from bot.desk.conversations import Conversations
from bot.desk.errors import NotFoundError
from bot.desk.review.agreement import Judged
from bot.desk.review.verdicts import (
    Verdict,
    count_verdicts,
    judge,
    judged_twice,
    latest_of,
    reviews_of,
    set_flag,
    take_back,
)
from tests.integration.desk.review.databases.conftest import OpenDesk
from tests.integration.desk.review.reviewed import NOW, ids, silent, unsolved
from tests.integration.desk.review.talk import Record

Told = tuple[str, Verdict, bool]


async def told(conversations: Conversations, conversation_id: str) -> list[Told]:
    given = await reviews_of(conversations, conversation_id)
    return [(review.reviewer, review.verdict, review.is_flagged) for review in given]


async def test_each_reviewer_has_one_verdict_and_may_change_it(record: Record, conversations: Conversations) -> None:
    await record.keep("widget-1", unsolved())
    await judge(conversations, "widget-1", "anna", Verdict.WRONG_STEP, True, NOW)
    await judge(conversations, "widget-1", "ben", Verdict.HANDLED_WELL, False, NOW + 1)
    await judge(conversations, "widget-1", "anna", Verdict.MISUNDERSTOOD, False, NOW + 2)
    assert await told(conversations, "widget-1") == [
        ("ben", Verdict.HANDLED_WELL, False),
        ("anna", Verdict.MISUNDERSTOOD, False),
    ]
    assert (await reviews_of(conversations, "widget-1"))[1].at == datetime.fromtimestamp(NOW + 2, timezone.utc)


async def test_the_same_verdict_sent_many_times_at_once_is_one(record: Record, open_desk: OpenDesk) -> None:
    await record.keep("widget-1", unsolved())
    desks = [open_desk() for _ in range(3)]
    sent = [judge(desk, "widget-1", "anna", Verdict.NOT_OURS, False, NOW) for desk in desks * 3]
    await asyncio.gather(*sent)
    assert await told(desks[0], "widget-1") == [("anna", Verdict.NOT_OURS, False)]


async def test_a_flag_is_set_and_removed_in_ones_own_verdict_alone(
    record: Record, conversations: Conversations
) -> None:
    await record.keep("widget-1", unsolved())
    await judge(conversations, "widget-1", "anna", Verdict.NOT_OURS, False, NOW)
    await set_flag(conversations, "widget-1", "ben", True)
    assert await told(conversations, "widget-1") == [("anna", Verdict.NOT_OURS, False)]
    await set_flag(conversations, "widget-1", "anna", True)
    assert await told(conversations, "widget-1") == [("anna", Verdict.NOT_OURS, True)]
    await set_flag(conversations, "widget-1", "anna", False)
    assert await told(conversations, "widget-1") == [("anna", Verdict.NOT_OURS, False)]


async def test_only_ones_own_verdict_is_taken_back(record: Record, conversations: Conversations) -> None:
    await record.keep("widget-1", unsolved())
    await judge(conversations, "widget-1", "anna", Verdict.NOT_OURS, False, NOW)
    assert not await take_back(conversations, "widget-1", "ben", NOW)
    assert await take_back(conversations, "widget-1", "anna", NOW)
    assert await told(conversations, "widget-1") == []


async def test_of_a_conversation_that_is_none_nothing_is_kept(conversations: Conversations) -> None:
    with pytest.raises(NotFoundError):
        await judge(conversations, "nobody", "anna", Verdict.NOT_OURS, False, NOW)
    with pytest.raises(NotFoundError):
        await reviews_of(conversations, "nobody")
    assert await latest_of(conversations, "anna", 10) == []


async def test_ones_latest_come_newest_first_with_what_they_are_about(
    record: Record, conversations: Conversations
) -> None:
    for place, name in enumerate(islice(ids(), 4)):
        await record.keep(name, unsolved() if place else silent())
        await judge(conversations, name, "anna" if place < 3 else "ben", Verdict.NOT_OURS, False, NOW + place)
    latest = await latest_of(conversations, "anna", 2)
    assert [(each.review.conversation_id, each.topic) for each in latest] == [
        ("widget-2", "payment_failure"),
        ("widget-1", "payment_failure"),
    ]


async def test_verdicts_are_counted_since_a_time(record: Record, conversations: Conversations) -> None:
    given = [Verdict.NOT_OURS, Verdict.WRONG_STEP, Verdict.WRONG_STEP, Verdict.HANDLED_WELL]
    for place, (name, verdict) in enumerate(zip(ids(), given, strict=False)):
        await record.keep(name, unsolved())
        await judge(conversations, name, "anna", verdict, False, NOW + place)
    counted = await count_verdicts(conversations, NOW + 1)
    assert list(counted) == list(Verdict)
    assert {verdict: count for verdict, count in counted.items() if count} == {
        Verdict.WRONG_STEP: 2,
        Verdict.HANDLED_WELL: 1,
    }


async def test_what_two_have_judged_is_compared(record: Record, conversations: Conversations) -> None:
    for name in ("widget-1", "widget-2", "widget-3"):
        await record.keep(name, unsolved())
    given = [
        *(("widget-1", "anna", NOW), ("widget-1", "ben", NOW), ("widget-2", "anna", NOW)),
        *(("widget-3", "anna", NOW - 10), ("widget-3", "ben", NOW)),
    ]
    for name, reviewer, at in given:
        await judge(conversations, name, reviewer, Verdict.NOT_OURS, False, at)
    assert sorted(await judged_twice(conversations, NOW), key=lambda each: each.reviewer) == [
        Judged("widget-1", "anna", "not_ours"),
        Judged("widget-1", "ben", "not_ours"),
    ]
