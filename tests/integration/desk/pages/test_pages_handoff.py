"""The page of a conversation: who said what, who may write, what is told of the hand-off, and that reading is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from tests.integration.desk.conversing_bot import BotStore

USER_ID = "user-77c41d9e20"
TRANSACTION, CARD = "pay_9f1c0a7be24d5310", "card_0badcafe12345678"
FINDINGS = [
    {"cause": "over_daily_limit", "values": {"limit": {"minor": 200000, "currency": "CNY"}, "transaction": TRANSACTION}}
]


def lines(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'data-author="(\w+)".*?<p class="line-text">(.*?)</p>', html, re.DOTALL)
    return [(author, text) for author, text in found]


async def test_the_transcript_says_who_said_what(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    visitor, number = await sign_in(), await hand_over()
    await store.user(f"of-{number}", "付款失败")
    await store.bot(f"of-{number}", "是这笔吗？", "是这笔", "不是")
    await store.person(f"of-{number}", "您好", "李雷")
    page = await visitor.get(f"/handoffs/{number}")
    assert lines(page.html) == [("user", "付款失败"), ("bot", "是这笔吗？"), ("person", "您好")]
    for words in ("User", "Assistant", "李雷"):
        assert words in page.words


async def test_buttons_are_shown_by_their_titles_alone(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    visitor, number = await sign_in(), await hand_over()
    await store.bot(f"of-{number}", "?", "Yes, this one")
    page = await visitor.get(f"/handoffs/{number}")
    assert "Yes, this one" in page.words
    assert "secret_payload" not in page.html


async def test_changes_of_the_hand_off_stand_between_the_lines(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    visitor, number = await sign_in(), await hand_over(conversation_id="its-own")
    await store.handoff("its-own", state="requested", change="request", number=number)
    await store.handoff("its-own", state="queued", change="move", position=2, number=number)
    await store.handoff("its-own", state="claimed", change="claim", agent="王芳", number=number)
    await store.handoff("its-own", state="rated", change="rate", stars=4, number=number)
    page = await visitor.get(f"/handoffs/{number}")
    changes = re.findall(r'data-change="(\w+)"><span>(.*?)</span>', page.html)
    told = [change for change in changes if change[0] != "queue"]
    assert told == [
        ("request", "The user asked for a person"),
        ("claim", "王芳 took the conversation"),
        ("rate", "The user gave 4 of 5 stars"),
    ]


async def test_what_a_user_writes_is_never_markup(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    visitor, number = await sign_in(), await hand_over(last_words=hostile, facts={hostile[:60]: hostile})
    await store.user(f"of-{number}", hostile)
    await store.bot(f"of-{number}", "?", hostile)
    for path in ("/", f"/handoffs/{number}", f"/handoffs/{number}/lines?after=0"):
        page = await visitor.get(path)
        assert page.status == 200
        assert "<img" not in page.html.replace('<img src="/static/icon.svg"', "")
        assert "<script>" not in page.html


async def test_only_lines_after_a_seq_are_sent_again(sign_in: Any, hand_over: Any, store: BotStore) -> None:
    visitor, number = await sign_in(), await hand_over()
    seq = await store.user(f"of-{number}", "first")
    await store.user(f"of-{number}", "second")
    page = await visitor.get(f"/handoffs/{number}/lines?after={seq}")
    assert lines(page.html) == [("user", "second")]
    assert (await visitor.get(f"/handoffs/{number}/lines?after=-1")).status == 400
    assert (await visitor.get(f"/handoffs/{number}/lines?after=x")).status == 400


async def test_of_a_long_conversation_the_newest_lines_come_first_and_all_on_request(
    sign_in: Any, hand_over: Any, store: BotStore
) -> None:
    visitor, number = await sign_in(), await hand_over()
    for place in range(203):
        await store.user(f"of-{number}", f"line {place}")
    page = await visitor.get(f"/handoffs/{number}")
    assert [text for _, text in lines(page.html)] == [f"line {place}" for place in range(3, 203)]
    assert 'data-role="earlier"' in page.html
    whole = await visitor.get(f"/handoffs/{number}?all=1")
    assert len(lines(whole.html)) == 203
    assert 'data-role="earlier"' not in whole.html


async def test_that_a_conversation_was_read_is_kept(sign_in: Any, hand_over: Any, engine: AsyncEngine) -> None:
    visitor, number = await sign_in(), await hand_over()
    await visitor.get(f"/handoffs/{number}")
    page = await list_entries(engine, EntryFilter(action=Action.READ_CONVERSATION), 10)
    assert [(entry.agent_name, entry.subject, entry.address) for entry in page.items] == [
        ("lilei", number, "127.0.0.1")
    ]


@pytest.mark.parametrize("part", ["", "/head", "/foot", "/log", "/lines", "/letters", "/standing", "/reveal"])
async def test_an_unknown_number_is_not_found(sign_in: Any, part: str) -> None:
    assert (await (await sign_in()).get(f"/handoffs/WH-NONE-NONE{part}")).status == 404


@pytest.mark.parametrize("language", Language)
async def test_nothing_personal_stands_in_any_page(
    sign_in: Any, hand_over: Any, store: BotStore, language: Language
) -> None:
    visitor = await sign_in(language=language)
    number = await hand_over(
        conversation_id="talk-1",
        user_id=USER_ID,
        findings=FINDINGS,
        facts={"card_id": CARD, "about": f"of {TRANSACTION}", "verified": True},
        last_words=f"{TRANSACTION} failed, I am {USER_ID}",
    )
    await store.user("talk-1", f"why did {TRANSACTION} fail? {USER_ID}")
    await store.bot("talk-1", f"I look at {TRANSACTION}", f"about {TRANSACTION}")
    await visitor.post(f"/handoffs/{number}/claim")
    await visitor.write(number, f"It is {TRANSACTION}")
    await visitor.post(f"/handoffs/{number}/notes", note=f"see {TRANSACTION}")
    parts = ("", "/head", "/foot", "/log", "/lines", "/letters", "/standing", "/reveal")
    for path in ("/", "/queue", f"/queue?open={number}", "/cases", *(f"/handoffs/{number}{part}" for part in parts)):
        page = await visitor.get(path)
        assert page.status == 200, path
        for personal in (USER_ID, TRANSACTION, CARD, "talk-1"):
            assert personal not in page.words, (path, personal)
    assert "••••5310" in (await visitor.get(f"/handoffs/{number}")).words


async def test_findings_are_told_in_words_with_their_numbers(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over(findings=FINDINGS)
    page = await visitor.get(f"/handoffs/{number}")
    for words in ("Over the daily limit", "Limit", "2,000.00 CNY", "Lower the amount", "still failing", "•••• 1234"):
        assert words in page.words


async def test_a_cause_that_may_not_be_told_is_marked_so(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in()
    number = await hand_over(findings=[{"cause": "risk_declined", "values": {}}])
    other = await hand_over("WH-0000-0002", findings=[{"cause": "card_expired", "values": {}}])
    assert "Do not tell the user" in (await visitor.get(f"/handoffs/{number}")).words
    assert "Do not tell the user" not in (await visitor.get(f"/handoffs/{other}")).words


async def test_a_word_nobody_has_named_is_shown_as_it_is(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in()
    number = await hand_over(
        topic="new_topic",
        channel="pigeon",
        findings=[{"cause": "new_cause", "values": {"new_value": 7}}],
        steps=[{"step": "new_step", "outcome": "new_outcome", "at": "2026-03-01T08:29:00Z"}],
    )
    page = await visitor.get(f"/handoffs/{number}")
    for words in ("new_topic", "pigeon", "new_cause", "new_value", "new_step", "new_outcome"):
        assert words in page.words


async def test_whoever_has_it_may_write_and_nobody_else(sign_in: Any, hand_over: Any) -> None:
    visitor, other = await sign_in(), await sign_in("wang", "Wang Fang")
    number = await hand_over()
    assert 'data-role="claim"' in (await visitor.get(f"/handoffs/{number}/foot")).html
    await visitor.post(f"/handoffs/{number}/claim")
    assert 'data-role="composer"' in (await visitor.get(f"/handoffs/{number}/foot")).html
    page = await other.get(f"/handoffs/{number}")
    assert 'data-role="composer"' not in page.html
    assert "Li Lei has this conversation" in page.words
    assert 'data-role="take-over"' not in page.html


async def test_a_lead_may_take_over_what_somebody_has(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    lead = await sign_in("han", "Han Meimei", role=Role.LEAD)
    await visitor.post(f"/handoffs/{number}/claim")
    assert 'data-role="take-over"' in (await lead.get(f"/handoffs/{number}/head")).html
    assert (await visitor.post(f"/handoffs/{number}/take_over")).status == 403
    assert (await lead.post(f"/handoffs/{number}/take_over")).status == 204
    assert 'data-role="composer"' in (await lead.get(f"/handoffs/{number}/foot")).html
    assert 'data-role="composer"' not in (await visitor.get(f"/handoffs/{number}/foot")).html


async def test_replies_are_in_the_users_language_and_filled_in(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in(display_name="李雷")
    number = await hand_over(language="zh", topic="payment_failure", user_id=USER_ID)
    await visitor.post(f"/handoffs/{number}/claim")
    foot = (await visitor.get(f"/handoffs/{number}/foot")).words
    assert "您好，我是李雷" in foot
    assert "Hello" in foot
    assert number in foot
    assert "“付款失败”" in foot
    assert "••••9e20" in foot
    assert "{" not in foot
