"""The first page: who waits, what is mine, who is on duty, and taking somebody out of the queue."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import aiohttp
import pytest

from bot.desk.agents.payloads import Language
from tests.integration.desk.conversing_bot import BotStore


def numbers(html: str, role: str) -> list[str]:
    return re.findall(rf'data-role="{role}" data-number="([^"]+)"', html)


async def test_who_waits_is_shown_with_what_it_is_about(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in()
    await hand_over(topic="payment_failure", reason="exhausted")
    page = await visitor.get("/")
    assert page.status == 200
    for words in ("Payment failed", "All steps tried, still failing", "Verified", "In-app chat", "Chinese"):
        assert words in page.words
    assert "还是不行,转人工" in page.words
    assert "<title>(1) Queue" in page.html


async def test_fraud_is_marked_and_first(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in()
    usual = await hand_over("WH-0000-0001")
    fraud = await hand_over("WH-0000-0002", reason="fraud", topic="report_fraud")
    page = await visitor.get("/queue", **{"HX-Request": "true"})
    assert numbers(page.html, "waiting-row") == [fraud, usual]
    assert page.html.count('data-role="fraud"') == 1


async def test_a_guest_is_not_shown_as_verified(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in()
    await hand_over(user_id=None, facts={"verified": False})
    page = await visitor.get("/queue")
    assert "Guest" in page.words
    assert "Verified" not in page.words


@pytest.mark.parametrize(
    ("status", "words"), [("available", "Take the first one"), ("away", "Set yourself to available")]
)
async def test_an_empty_page_says_what_to_do(sign_in: Any, status: str, words: str) -> None:
    page = await (await sign_in(status=status)).get("/")
    assert words in page.words
    assert "Nobody is waiting" in page.words


async def test_who_is_on_duty_is_shown(sign_in: Any) -> None:
    visitor = await sign_in()
    await sign_in("wang", "Wang Fang")
    await sign_in("zhao", "Zhao Min", status="away")
    page = await visitor.get("/queue")
    assert "Wang Fang" in page.words
    assert "Zhao Min" not in page.words


async def test_taking_one_leads_to_the_conversation_and_moves_it_to_mine(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    taken = await visitor.post(f"/handoffs/{number}/claim")
    assert (taken.status, taken.leads_to) == (200, f"/handoffs/{number}")
    page = await visitor.get("/queue")
    assert numbers(page.html, "mine-row") == [number]
    assert numbers(page.html, "waiting-row") == []


async def test_of_many_who_take_one_at_once_one_has_it_and_the_others_are_told_who(
    sign_in: Any, hand_over: Any
) -> None:
    visitors = [await sign_in(f"agent{place}", f"Agent {place}") for place in range(5)]
    number = await hand_over()
    answers = await asyncio.gather(*(visitor.post(f"/handoffs/{number}/claim") for visitor in visitors))
    winners = [visitor for visitor, answer in zip(visitors, answers, strict=True) if answer.status == 200]
    assert len(winners) == 1
    lost = [answer for answer in answers if answer.status == 409]
    assert len(lost) == 4
    assert all(winners[0].agent.display_name in answer.words and "notice" in answer.html for answer in lost)


async def test_what_is_mine_shows_the_last_words_and_since_when_the_user_waits(
    sign_in: Any, hand_over: Any, store: BotStore
) -> None:
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    await store.bot(f"of-{number}", "Ich verstehe")
    seq = await store.user(f"of-{number}", "Are you there?")
    page = await visitor.get("/queue")
    assert f'data-user-seq="{seq}"' in page.html
    assert "Are you there?" in page.words
    assert "user waits" in page.words
    await store.person(f"of-{number}", "Yes, I am", "Li Lei")
    page = await visitor.get("/queue")
    assert "Yes, I am" in page.words
    assert "user waits" not in page.words


async def test_the_page_is_written_in_the_agents_language(sign_in: Any, hand_over: Any) -> None:
    visitor = await sign_in(language=Language.ZH)
    await hand_over(topic="payment_failure")
    page = await visitor.get("/")
    assert 'lang="zh-CN"' in page.html
    for words in ("等待接入", "付款失败", "步骤都试过", "已验证", "接入"):
        assert words in page.words


async def test_nothing_is_shown_or_done_without_signing_in(desk: str, hand_over: Any) -> None:
    number = await hand_over()
    async with aiohttp.ClientSession(desk) as stranger:
        for path in ("/", "/queue", f"/handoffs/{number}", f"/cases/{number}", "/cases", f"/handoffs/{number}/lines"):
            async with stranger.get(path, allow_redirects=False) as answer:
                assert answer.status == 303, path
                assert answer.headers["Location"].startswith("/sign-in")
        async with stranger.get("/live", headers={"Accept": "text/event-stream"}) as answer:
            assert answer.status == 401
        async with stranger.post(f"/handoffs/{number}/claim", allow_redirects=False) as answer:
            assert answer.status in (303, 401, 403)


ACTIONS = ("claim", "take", "take_over", "transfer", "change/hold", "messages", "typing", "notes", "tags", "reveal")


@pytest.mark.parametrize("action", ACTIONS)
async def test_nothing_is_done_that_another_site_sends(sign_in: Any, hand_over: Any, action: str) -> None:
    visitor, number = await sign_in(), await hand_over()
    path = f"/handoffs/{number}/{action}"
    assert (await visitor.send(path, {})).status == 403
    assert (await visitor.send(path, {"X-CSRF-Token": "x" * 43})).status == 403
    elsewhere = {"X-CSRF-Token": visitor.csrf, "Sec-Fetch-Site": "cross-site"}
    assert (await visitor.send(path, elsewhere)).status == 403
    page = await visitor.get("/queue")
    assert numbers(page.html, "waiting-row") == [number]


async def test_presence_is_available_or_away_and_nothing_else(sign_in: Any) -> None:
    visitor = await sign_in()
    assert (await visitor.post("/presence", status="asleep")).status == 400
    assert (await visitor.send("/presence", {"X-CSRF-Token": visitor.csrf}, status="away")).status == 303
    assert "Set yourself to available" in (await visitor.get("/queue")).words
