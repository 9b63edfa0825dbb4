"""What waits for a reviewer, and that no conversation is given to more of them than are wanted; on both databases."""

from __future__ import annotations

import asyncio
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from bot.desk.conversations import Conversations
from bot.desk.review.queue import DAY_S, Drawing, Reviewing, count_waiting, skip, take_next, turn_of
from bot.desk.review.reasons import Reason
from bot.desk.review.turns import TURN_S
from bot.desk.review.verdicts import Verdict, judge, take_back
from bot.store.review_tables import review_turns
from tests.integration.desk.review.databases.conftest import OpenDesk
from tests.integration.desk.review.reviewed import (
    HOUR,
    NOW,
    drawn,
    handed_over,
    ids,
    not_drawn,
    silent,
    solved,
    unsolved,
    wanted_twice,
)
from tests.integration.desk.review.talk import Record

USUAL = Drawing(share=10, double=10, days=14)


def by(reviewer: str, now: float = NOW, drawing: Drawing = USUAL) -> Reviewing:
    return Reviewing(reviewer, drawing, now)


async def take_all(conversations: Conversations, reviewer: str, reason: Reason | None = None) -> list[str]:
    """Take and judge until nothing waits any more."""
    taken = []
    while (found := await take_next(conversations, by(reviewer), reason)) is not None:
        await judge(conversations, found, reviewer, Verdict.HANDLED_WELL, False, NOW)
        taken.append(found)
    return taken


async def test_what_went_badly_waits_and_a_share_of_the_rest(record: Record, conversations: Conversations) -> None:
    plain, sampled = ids(not_drawn), ids(drawn)
    expected = {
        Reason.RATED_BADLY: [
            (next(plain), solved(NOW - 9 * HOUR, stars=2)),
            (next(plain), handed_over(NOW - 8 * HOUR, stars=1)),
        ],
        Reason.HANDED_OVER: [(next(plain), handed_over(NOW - 7 * HOUR)), (next(sampled), handed_over(NOW - 6 * HOUR))],
        Reason.UNSOLVED: [(next(plain), unsolved(NOW - 5 * HOUR))],
        Reason.SAMPLE: [(next(sampled), solved(NOW - 4 * HOUR, stars=5)), (next(sampled), solved(NOW - 3 * HOUR))],
    }
    left_out = [(next(plain), solved()), (next(plain), solved(stars=3)), (next(sampled), silent())]
    for name, talk in [*(each for rows in expected.values() for each in rows), *left_out]:
        await record.keep(name, talk)

    assert await count_waiting(conversations, by("anna")) == {reason: len(rows) for reason, rows in expected.items()}
    for reason, rows in expected.items():
        assert await take_all(conversations, "ben", reason) == [name for name, _ in reversed(rows)]
    assert await take_next(conversations, by("cai")) is None


async def test_the_newest_comes_first_whatever_its_reason(record: Record, conversations: Conversations) -> None:
    names = ids(not_drawn)
    rows = [(next(names), talk(NOW - hours * HOUR)) for hours, talk in ((9, handed_over), (4, unsolved), (6, unsolved))]
    for name, talk in rows:
        await record.keep(name, talk)
    assert await take_all(conversations, "anna") == [rows[1][0], rows[2][0], rows[0][0]]


async def test_what_may_go_on_or_is_long_ago_does_not_wait(record: Record, conversations: Conversations) -> None:
    names = ids(not_drawn)
    still_open, over, old, in_time = islice(names, 4)
    await record.keep(still_open, unsolved(NOW - 0.4 * HOUR))
    await record.keep(over, unsolved(NOW - 0.6 * HOUR))
    await record.keep(old, unsolved(NOW - 14 * DAY_S - HOUR))
    await record.keep(in_time, unsolved(NOW - 14 * DAY_S + HOUR))
    assert await take_all(conversations, "anna") == [over, in_time]


async def test_a_share_of_all_waits_for_a_second_reviewer(record: Record, conversations: Conversations) -> None:
    once, twice = next(ids(not_drawn)), next(ids(wanted_twice))
    await record.keep(once, unsolved(NOW - 2 * HOUR))
    await record.keep(twice, unsolved(NOW - 3 * HOUR))
    assert await take_all(conversations, "anna") == [once, twice]
    assert await take_all(conversations, "anna") == []
    assert await take_all(conversations, "ben") == [twice]
    assert await take_all(conversations, "cai") == []


async def test_of_reviewers_who_ask_at_once_none_gets_what_another_has(record: Record, open_desk: OpenDesk) -> None:
    for name in islice(ids(not_drawn), 6):
        await record.keep(name, unsolved())
    desks = [open_desk() for _ in range(4)]
    asking = [take_next(desks[number % 4], by(f"reviewer {number}")) for number in range(9)]
    taken = await asyncio.gather(*asking)
    assert sorted(name for name in taken if name) == sorted(islice(ids(not_drawn), 6))
    assert taken.count(None) == 3


async def test_of_many_who_ask_at_once_for_the_last_as_many_get_it_as_are_wanted(
    record: Record, open_desk: OpenDesk
) -> None:
    last = next(ids(not_drawn))
    await record.keep(last, unsolved())
    desks = [open_desk() for _ in range(3)]

    async def ask_all(double: int, now: float) -> int:
        drawing = Drawing(share=0, double=double, days=14)
        asking = [take_next(desks[number % 3], by(f"{double}-{number}", now, drawing)) for number in range(8)]
        return 8 - (await asyncio.gather(*asking)).count(None)

    assert await ask_all(double=0, now=NOW) == 1
    assert await ask_all(double=100, now=NOW + TURN_S) == 2


async def test_who_has_one_gets_that_one_again_and_keeps_it_longer(
    record: Record, conversations: Conversations
) -> None:
    older, newer = islice(ids(not_drawn), 2)
    await record.keep(older, unsolved(NOW - 5 * HOUR))
    assert await take_next(conversations, by("anna")) == older
    await record.keep(newer, handed_over(NOW - HOUR))
    assert await take_next(conversations, by("anna", NOW + TURN_S - 1), Reason.HANDED_OVER) == older
    assert await turn_of(conversations, "anna", NOW + 2 * TURN_S - 2) == older
    assert await turn_of(conversations, "ben", NOW) is None


async def test_a_turn_ends_after_its_time_and_leaves_nothing_behind(
    record: Record, conversations: Conversations
) -> None:
    name = next(ids(not_drawn))
    await record.keep(name, unsolved())
    assert await take_next(conversations, by("anna")) == name
    assert await take_next(conversations, by("ben", NOW + TURN_S - 1)) is None
    assert await take_next(conversations, by("ben", NOW + TURN_S)) == name
    assert await take_next(conversations, by("anna", NOW + TURN_S)) is None
    rows = await conversations.read(lambda connection: connection.execute(select(review_turns.c.reviewer)).all())
    assert [row.reviewer for row in rows] == ["ben"]


async def test_what_is_skipped_goes_to_others_and_never_comes_back(
    record: Record, conversations: Conversations
) -> None:
    name, other = islice(ids(not_drawn), 2)
    await record.keep(name, unsolved(NOW - 2 * HOUR))
    await record.keep(other, unsolved(NOW - 3 * HOUR))
    assert await take_next(conversations, by("anna")) == name
    await skip(conversations, name, "anna")
    assert await take_next(conversations, by("anna")) == other
    assert await take_next(conversations, by("ben")) == name
    assert (await count_waiting(conversations, by("anna", NOW + 100 * TURN_S)))[Reason.UNSOLVED] == 1


async def test_what_is_taken_back_is_kept_for_its_reviewer(record: Record, conversations: Conversations) -> None:
    name = next(ids(not_drawn))
    await record.keep(name, unsolved())
    await judge(conversations, name, "anna", Verdict.WRONG_STEP, False, NOW)
    assert await take_next(conversations, by("ben")) is None
    assert await take_back(conversations, name, "anna", NOW)
    assert await take_next(conversations, by("ben")) is None
    assert await take_next(conversations, by("anna")) == name


async def test_before_the_bot_has_begun_nothing_waits(tmp_path: Path) -> None:
    conversations = Conversations(f"sqlite:///{tmp_path}/var/none.sqlite")
    assert set((await count_waiting(conversations, by("anna"))).values()) == {0}
    assert await take_next(conversations, by("anna")) is None
    conversations.close()
