"""What users tell the product, as leads read it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.clock import Clock
from bot.desk.figures.feedback_page import PAGE_SIZE
from bot.store.summary import TOPICS
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record, Talk

USER_ID, PHONE = "user-77c41d9e20", "13812345678"
DAY_S = 86_400
WALKED = {"topic": "payment_failure", "findings": [], "focus": None, "steps": []}


@pytest.fixture
def now(clock: Clock) -> float:
    return clock().timestamp()


def filed(talk: Talk, text: str, topic: str | None = None, language: str = "en") -> Talk:
    """The user says something and the bot files it."""
    talk.user(text, "give_feedback", language=language)
    before = [event["value"] for event in talk.events if event["event"] == "slot" and event["name"] == "feedback"]
    entries: list[dict[str, Any]] = before[-1] if before else []
    return talk.slot("feedback", [*entries, {"topic": topic, "words": text}]).bot("Thank you")


def said(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html, re.DOTALL)]


def topics(html: str) -> dict[str, int]:
    rows = re.findall(r'data-role="feedback-topic" data-name="(\w+)".*?number-cell">([\d,]+)<', html, re.DOTALL)
    return {name: int(count) for name, count in rows}


async def test_each_line_stands_under_the_topic_of_the_walkthrough_it_was_about(
    lead: Visitor, record: Record, now: float
) -> None:
    talk = Talk(now - 3 * DAY_S)
    talk.user("it fails", "payment_failure").slot("walkthrough", WALKED)
    filed(talk, "paying is too slow", "payment_failure")
    await record.keep("c-1", talk)
    await record.keep("c-2", filed(Talk(now - 2 * DAY_S), "nice colours"))
    html = (await lead.get("/feedback")).html

    assert said(html) == ["nice colours", "paying is too slow"]
    assert topics(html) == {"none": 1, "payment_failure": 1}
    assert said((await lead.get("/feedback?topic=payment_failure")).html) == ["paying is too slow"]
    assert said((await lead.get("/feedback?topic=none")).html) == ["nice colours"]


async def test_what_was_said_while_a_person_served_takes_no_topic_from_what_was_filed_later(
    lead: Visitor, record: Record, now: float
) -> None:
    talk = Talk(now - DAY_S).user("you are quick", "give_feedback").wait(60)
    await record.keep("c-1", filed(talk, "but paying is slow", "payment_failure"))

    assert topics((await lead.get("/feedback")).html) == {"none": 1, "payment_failure": 1}


async def test_a_session_that_begins_files_nothing_anew(lead: Visitor, record: Record, now: float) -> None:
    talk = filed(Talk(now - 2 * DAY_S), "nice colours", "payment_failure")
    entries = talk.events[-2]["value"]
    talk.wait(DAY_S)._add({"event": "session_started"})
    await record.keep("c-1", talk.slot("feedback", entries).user("hello", "greet"))

    assert topics((await lead.get("/feedback")).html) == {"payment_failure": 1}


async def test_what_is_personal_in_the_words_is_masked(lead: Visitor, record: Record, now: float) -> None:
    await record.keep("c-1", filed(Talk(now - 60, user_id=USER_ID), f"call me at {PHONE}, I am {USER_ID}"))
    html = (await lead.get("/feedback")).html

    assert len(said(html)) == 1
    assert PHONE not in html
    assert USER_ID not in html


async def test_each_line_leads_to_itself_in_its_conversation(lead: Visitor, record: Record, now: float) -> None:
    seqs = await record.keep("c/1", filed(Talk(now - 60), "nice colours"))

    assert f'href="/conversations/c%2F1#line-{seqs[0]}"' in (await lead.get("/feedback")).html


async def test_the_list_is_read_piece_by_piece_and_loses_nothing(lead: Visitor, record: Record, now: float) -> None:
    count = 2 * PAGE_SIZE + 5
    talk = Talk(now - DAY_S)
    for number in range(count):
        filed(talk, f"thought {number}", "payment_failure" if number % 2 else None)
    await record.keep("c-1", talk)

    async def read(path: str | None) -> list[str]:
        found = []
        while path:
            html = (await lead.get(path)).html
            found += said(html)
            older = re.search(r'<a class="button" href="([^"]+)" data-role="older"', html)
            path = unescape(older[1]) if older else None
        return found

    assert await read("/feedback") == [f"thought {number}" for number in reversed(range(count))]
    assert await read("/feedback?topic=none") == [f"thought {number}" for number in reversed(range(0, count, 2))]


async def test_only_the_period_and_the_language_that_are_asked_for_are_shown(
    lead: Visitor, record: Record, now: float
) -> None:
    await record.keep("c-1", filed(Talk(now - 60), "recent"))
    await record.keep("c-2", filed(Talk(now - 60), "recent too", language="zh"))
    await record.keep("c-3", filed(Talk(now - 60 * DAY_S), "long ago"))

    assert said((await lead.get("/feedback?language=en")).html) == ["recent"]
    assert len(said((await lead.get("/feedback?period=all")).html)) == 3


async def test_weeks_are_counted_from_their_mondays(lead: Visitor, record: Record, now: float) -> None:
    # It is a Sunday.
    await record.keep("c-1", filed(Talk(now - 60), "this week"))
    await record.keep("c-2", filed(Talk(now - 15 * DAY_S), "three weeks ago"))
    html = (await lead.get("/feedback")).html

    assert re.findall(r'data-point="([^"]+)"', html) == ["2026-02-09", "2026-02-16", "2026-02-23"]


async def test_rare_topics_are_shown_together(lead: Visitor, record: Record, now: float) -> None:
    talk = Talk(now - 9 * DAY_S)
    for place, topic in enumerate(sorted(TOPICS)[:7]):
        for _ in range(7 - place):
            filed(talk, f"about {topic}", topic)
    await record.keep("c-1", filed(talk.wait(8 * DAY_S), "this week"))
    html = (await lead.get("/feedback")).html
    heads = re.findall(r'data-series="(\w+)"', html)
    values = [int(value) for value in re.findall(r'data-value="(\d+)"', html)]

    assert heads[5:] == ["other"]
    assert values[:6] == [7, 6, 5, 4, 3, 2 + 1]
    assert values[-1] == 1


async def test_reading_it_is_kept_in_the_audit_once_an_hour(
    lead: Visitor, record: Record, engine: Any, now: float
) -> None:
    for _ in range(2):
        await lead.get("/feedback")
    found = await list_entries(engine, EntryFilter(action=Action.READ_FEEDBACK), 10)

    assert [entry.agent_name for entry in found.items] == ["wang"]


@pytest.mark.parametrize("after", ["x", "-1", "9" * 19, "٣"])
async def test_a_place_that_is_none_is_refused(lead: Visitor, after: str) -> None:
    assert (await lead.get(f"/feedback?after={after}")).status == 400


async def test_without_feedback_the_page_says_so(lead: Visitor) -> None:
    shown = await lead.get("/feedback")

    assert shown.status == 200
    assert 'data-role="empty"' in shown.html
