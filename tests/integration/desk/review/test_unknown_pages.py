"""The page of what was not understood, and that reading it is kept."""

from __future__ import annotations

import re

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.conversations import Conversations
from bot.desk.review.unknown_page import EXAMPLES, PAGE_LENGTH
from bot.desk.settings import Settings
from bot.desk.web.texts import read_texts
from bot.store.review_tables import corrections
from tests.integration.desk.conftest import FakeClock
from tests.integration.desk.pages.visitor import Shown, Visitor
from tests.integration.desk.review.talk import Record, Talk

DAY = 24 * 3600.0
LINES = [f"乘车码{end}" for end in ("怎么开通", "开通不了", "在哪开通", "开通要钱吗", "没开通成")]


def asked(clock: FakeClock, *lines: str, days: float = 1, language: str = "zh") -> Talk:
    talk = Talk(clock().timestamp() - days * DAY)
    for line in lines:
        talk.not_understood(line, ("ask_usage", 0.31), ("ask_fees", 0.2), language=language)
    return talk


def groups(page: Shown) -> list[tuple[int, list[str]]]:
    """The number of each group, and its lines that are shown."""
    found = re.findall(r'data-role="group" data-count="(\d+)">(.*?)<p class="unknown-intents">', page.words, re.DOTALL)
    return [(int(count), re.findall(r'<q class="words">(.*?)</q>', part)) for count, part in found]


async def test_groups_are_shown_with_examples_and_what_they_are_near_to(
    record: Record, lead: Visitor, clock: FakeClock
) -> None:
    seqs = await record.keep("a/b", asked(clock, *LINES))
    await record.keep("other", asked(clock, "碎屏险能理赔吗"))
    page = await lead.get("/unknown")
    assert groups(page) == [(5, LINES[:1:-1]), (1, ["碎屏险能理赔吗"])]
    assert f"{read_texts()[Language.EN].intent_ask_usage} 31 %" in page.words
    assert f'href="/conversations/a%2Fb?line={seqs[4]}#line-{seqs[4]}"' in page.html
    assert 'href="/conversations?intent=nlu_fallback&amp;from=2026-01-30"' in page.html
    shown = await lead.get(f"/unknown/{seqs[0]}?days=30&language=", **{"HX-Request": "true"})
    assert re.findall(r'<q class="words">(.*?)</q>', shown.words) == LINES[::-1]
    assert len(LINES) > EXAMPLES


async def test_period_and_language_are_chosen(record: Record, lead: Visitor, clock: FakeClock) -> None:
    await record.keep("zh", asked(clock, LINES[0]))
    await record.keep("en", asked(clock, "is there a metro code", language="en"))
    await record.keep("old", asked(clock, "碎屏险能理赔吗", days=40))
    assert groups(await lead.get("/unknown?days=7&language=en")) == [(1, ["is there a metro code"])]
    assert len(groups(await lead.get("/unknown"))) == 2
    assert len(groups(await lead.get("/unknown?days=90"))) == 3
    assert 'data-role="empty"' not in (await lead.get("/unknown?days=7&language=zh")).html


async def test_what_was_grouped_is_kept_for_minutes_but_not_what_was_corrected(
    record: Record, lead: Visitor, clock: FakeClock, settings: Settings
) -> None:
    first, _ = await record.keep("one", asked(clock, *LINES[:2]))
    assert groups(await lead.get("/unknown")) == [(2, LINES[1::-1])]
    await record.keep("two", asked(clock, LINES[2], days=0.5))
    row = {"conversation_id": "one", "language": "zh", "words": LINES[0], "intent": "ask_usage", "by": "anna"}
    correction = {**row, "event_id": first, "at": clock().timestamp()}
    conversations = Conversations(settings.conversations_url)
    await conversations.write(lambda connection: connection.execute(insert(corrections).values(correction)))
    conversations.close()
    page = await lead.get("/unknown")
    assert groups(page) == [(2, LINES[1::-1])]
    assert "1 of 2 corrected" in page.words
    clock.move_on(minutes=5)
    assert groups(await lead.get("/unknown")) == [(3, LINES[2::-1])]


async def test_many_groups_are_shown_page_by_page(record: Record, lead: Visitor, clock: FakeClock) -> None:
    # Each a word of its own, so that none is like another.
    words = [chr(0x4E00 + 7 * number) * 2 for number in range(PAGE_LENGTH + 3)]
    talk = Talk(clock().timestamp() - DAY)
    for word in words:
        talk.not_understood(word, language="zh")
    await record.keep("one", talk)
    page = await lead.get("/unknown")
    assert page.html.count('data-role="group"') == PAGE_LENGTH
    following = re.search(r'href="([^"]+)" data-role="following"', page.words)
    assert following
    rest = await lead.get(following[1])
    assert rest.html.count('data-role="group"') == 3
    assert 'data-role="following"' not in rest.html
    assert 'data-role="first"' in rest.html


async def test_that_it_was_read_is_kept_once_an_hour(
    record: Record, lead: Visitor, clock: FakeClock, engine: AsyncEngine
) -> None:
    for minutes in (0, 30, 31):
        clock.move_on(minutes)
        assert (await lead.get("/unknown")).status == 200
    entries = (await list_entries(engine, EntryFilter(action=Action.READ_UNKNOWN), 10)).items
    assert [(entry.agent_name, entry.subject) for entry in entries] == [("wang", "unknown")] * 2


async def test_without_such_lines_the_page_says_so_and_nonsense_is_refused(lead: Visitor) -> None:
    assert 'data-role="empty"' in (await lead.get("/unknown")).html
    refused = ("?days=8", "?days=x", "?language=fr", "?first=-1", "?first=x")
    assert [(await lead.get(f"/unknown{query}")).status for query in refused] == [400] * 5
    assert (await lead.get("/unknown/7")).status == 404
