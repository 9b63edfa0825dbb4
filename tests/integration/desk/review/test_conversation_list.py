"""The list of conversations, over HTTP: what it shows, how it is filtered and cut, and who may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import insert

from bot.desk.agents.payloads import Language, Role
from bot.desk.review.list_page import PAGE_SIZE
from bot.store.review_tables import conversation_tags, corrections, reviews
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record, Talk, payment_talk

USER_ID, PHONE = "user-77c41d9e20", "13812345678"


def ids_in(html: str) -> list[str]:
    return re.findall(r'data-role="conversation-row" data-id="([^"]+)"', html)


@pytest.fixture
def at(clock: Any) -> float:
    """An hour before the desk's now."""
    return float(clock().timestamp()) - 3600


async def test_agents_who_are_no_leads_do_not_see_it_and_have_no_way_to_it(sign_in: Any) -> None:
    agent = await sign_in("lilei", "Li Lei", Role.AGENT)

    assert (await agent.get("/conversations")).status == 403
    assert "menu-conversations" not in (await agent.get("/")).html


async def test_every_page_leads_a_lead_to_the_list(lead: Visitor) -> None:
    page = await lead.get("/cases")

    for name in ("conversations", "review", "dashboard", "unknown", "review_set", "feedback", "audit"):
        assert f'data-role="menu-{name}"' in page.html


async def test_before_there_is_a_conversation_it_says_so(lead: Visitor) -> None:
    page = await lead.get("/conversations")

    assert page.status == 200
    assert "There has not been a conversation yet." in page.words


async def test_a_row_says_what_happened_and_names_nobody(lead: Visitor, record: Record, at: float) -> None:
    talk = payment_talk(at, USER_ID).not_understood(f"call {PHONE}", ("ask_usage", 0.31))
    await record.keep("c-1", talk)

    page = await lead.get("/conversations")

    assert ids_in(page.html) == ["c-1"]
    for words in ("Payment failed", "Over the daily limit", "Broken off", "Verified", "In-app chat", "31%"):
        assert words in page.words
    assert USER_ID not in page.html
    assert PHONE not in page.html


async def test_a_row_bears_what_leads_have_added(lead: Visitor, record: Record, at: float) -> None:
    (seq, *_) = await record.keep("c-1", payment_talk(at))
    tag = {"conversation_id": "c-1", "tag": "odd one", "by": "wang", "at": at}
    review = {"conversation_id": "c-1", "reviewer": "wang", "verdict": "any", "is_flagged": False, "at": at}
    correction = {"conversation_id": "c-1", "language": "en", "words": "x", "intent": "ask_fees", "by": "wang"}
    await record.database.write(lambda connection: connection.execute(insert(conversation_tags).values(tag)))
    await record.database.write(lambda connection: connection.execute(insert(reviews).values(review)))
    correction_row = {**correction, "event_id": seq, "at": at}
    await record.database.write(lambda connection: connection.execute(insert(corrections).values(correction_row)))

    page = await lead.get("/conversations")

    assert "odd one" in page.words
    assert 'data-role="reviewed" title="wang"' in page.html
    assert 'data-role="corrected"' in page.html


async def test_a_filter_keeps_its_fields_and_shows_a_chip_that_takes_it_off(
    lead: Visitor, record: Record, at: float
) -> None:
    await record.keep("c-en", payment_talk(at))
    await record.keep("c-zh", payment_talk(at, language="zh"))

    page = await lead.get("/conversations?language=zh&topic=payment_failure&verified=&q=")

    assert ids_in(page.html) == ["c-zh"]
    chips = dict(re.findall(r'data-role="chip" data-name="(\w+)".*?href="([^"]+)" data-role="chip-remove"', page.words))
    assert chips == {"language": "/conversations?topic=payment_failure", "topic": "/conversations?language=zh"}
    assert '<option value="zh" selected>Chinese</option>' in page.html
    assert 'href="/conversations.csv?language=zh&topic=payment_failure"' in page.words
    assert ids_in((await lead.get("/conversations?language=en&outcome=left")).html) == []


async def test_what_cannot_be_asked_for_is_refused_in_words(lead: Visitor) -> None:
    for query in ("from=yesterday", "rating_min=9", "after=rubbish"):
        page = await lead.get(f"/conversations?{query}")
        assert (query, page.status) == (query, 400)
        assert 'data-role="error"' in page.html


async def test_pages_follow_each_other_without_gap_or_repetition(lead: Visitor, record: Record, at: float) -> None:
    for number in range(PAGE_SIZE + 3):
        await record.keep(f"c-{number:03}", Talk(at - number).user("hello", "greet").bot("Hello!"))

    first = await lead.get("/conversations?language=en")
    (more,) = re.findall(r'hx-get="([^"]+)"[^>]*data-role="more"', first.words)
    rows = await lead.get(more, **{"HX-Request": "true"})

    shown = [*ids_in(first.html), *ids_in(rows.html)]
    assert shown == [f"c-{number:03}" for number in range(PAGE_SIZE + 3)]
    assert "<html" not in rows.html
    assert 'data-role="more"' not in rows.html
    # Without htmx the same address is a page of its own, with a way back.
    assert 'data-role="newest"' in (await lead.get(more)).html


async def test_conversations_are_counted_up_to_a_thousand(
    lead: Visitor, record: Record, at: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await record.keep(f"c-{number}", Talk(at).user("hello", "greet"))

    assert "3 conversations" in (await lead.get("/conversations/count")).words
    assert "0 conversations" in (await lead.get("/conversations/count?language=zh")).words
    monkeypatch.setattr("bot.desk.review.list_page.MOST_COUNTED", 2)
    assert "More than 2 conversations" in (await lead.get("/conversations/count")).words


async def test_the_list_speaks_chinese(sign_in: Any, record: Record, at: float) -> None:
    await record.keep("c-1", payment_talk(at))
    lead = await sign_in("wang", "王芳", language=Language.ZH)

    page = await lead.get("/conversations?topic=payment_failure")

    for words in ("对话", "付款失败", "用户中止", "主题"):
        assert words in page.words
