"""Notes and tags: for colleagues alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.store.messages import messages_after
from tests.integration.desk.conversing_bot import BotStore


def tags(html: str) -> list[str]:
    return re.findall(r'data-role="tag-chip">([^<]*)<', html)


async def test_a_note_of_anybody_is_seen_by_all_colleagues_and_not_by_the_user(
    sign_in: Any, hand_over: Any, store: BotStore
) -> None:
    visitor, other, number = await sign_in(), await sign_in("wang", "Wang Fang"), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    await other.post(f"/handoffs/{number}/notes", note="<b>the bank</b> calls back at 3")
    page = await visitor.get(f"/handoffs/{number}")
    assert "<b>the bank</b> calls back at 3" in page.words
    assert "<b>the bank" not in page.html
    assert "Wang Fang" in page.words
    said = await messages_after(store.database, f"of-{number}")
    assert [message.text for message in said if message.author == "person"] == []


@pytest.mark.parametrize("note", ["", " \n ", "x" * 2001], ids=["empty", "blank", "too-long"])
async def test_a_note_that_says_nothing_or_too_much_is_refused(sign_in: Any, hand_over: Any, note: str) -> None:
    visitor, number = await sign_in(), await hand_over()
    assert (await visitor.post(f"/handoffs/{number}/notes", note=note)).status == 400
    assert 'data-role="note-shown"' not in (await visitor.get(f"/handoffs/{number}/log")).html


async def test_tags_are_added_once_and_removed(sign_in: Any, hand_over: Any, engine: AsyncEngine) -> None:
    visitor, number = await sign_in(), await hand_over()
    for tag in ("限额", " call  back ", "限额"):
        shown = await visitor.post(f"/handoffs/{number}/tags", tag=tag)
    assert tags(shown.html) == ["call back", "限额"]
    shown = await visitor.post(f"/handoffs/{number}/tags/remove", tag="call back")
    assert tags(shown.html) == ["限额"]
    kept = await list_entries(engine, EntryFilter(action=Action.TAGS), 10)
    assert kept.items[0].detail == "限额"


async def test_a_tag_without_letters_or_one_too_many_is_refused(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    assert (await visitor.post(f"/handoffs/{number}/tags", tag=" ")).status == 400
    assert (await visitor.post(f"/handoffs/{number}/tags", tag="x" * 31)).status == 400
    for place in range(10):
        assert (await visitor.post(f"/handoffs/{number}/tags", tag=f"tag {place}")).status == 200
    refused = await visitor.post(f"/handoffs/{number}/tags", tag="one more")
    assert refused.status == 400
    assert "10 tags at most" in refused.words


async def test_what_has_happened_is_told_in_order(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    await visitor.write(number, "Hello")
    await visitor.post(f"/handoffs/{number}/change/resolve")
    history = (await visitor.get(f"/handoffs/{number}/log")).words.split('data-role="history"')[1]
    places = [history.index(words) for words in ("came in", "Li Lei</span> taken", "answered", "resolved")]
    assert places == sorted(places)
