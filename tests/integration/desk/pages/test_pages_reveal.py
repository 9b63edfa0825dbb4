"""What is masked is shown to whoever says why, and that is kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from tests.integration.desk.conversing_bot import BotStore

USER_ID, TRANSACTION, TOLD = "user-77c41d9e20", "pay_9f1c0a7be24d5310", "top_00112233445566ff"


@pytest.fixture
async def masked(sign_in: Any, hand_over: Any, store: BotStore) -> tuple[Any, str]:
    """An agent and a hand-off with personal data in its packet and in what was said."""
    visitor = await sign_in()
    finding = {"cause": "issuer_declined", "values": {"transaction": TRANSACTION}}
    number = await hand_over(user_id=USER_ID, findings=[finding])
    await store.user(f"of-{number}", f"and {TOLD} too")
    return visitor, number


async def test_with_a_reason_everything_is_shown_and_the_reason_is_kept(
    masked: tuple[Any, str], engine: AsyncEngine
) -> None:
    visitor, number = masked
    shown = await visitor.post(f"/handoffs/{number}/reveal", reason="the bank asks for the id")
    assert shown.status == 200
    for personal in (USER_ID, TRANSACTION, TOLD):
        assert personal in shown.words
    kept = await list_entries(engine, EntryFilter(action=Action.REVEAL), 10)
    assert [(entry.agent_name, entry.subject, entry.detail) for entry in kept.items] == [
        ("lilei", number, "the bank asks for the id")
    ]


async def test_after_a_minute_the_page_hides_it_again(masked: tuple[Any, str]) -> None:
    visitor, number = masked
    shown = await visitor.post(f"/handoffs/{number}/reveal", reason="the bank asks")
    assert f'hx-get="/handoffs/{number}/reveal" hx-trigger="load delay:60s' in shown.html
    hidden = await visitor.get(f"/handoffs/{number}/reveal")
    assert all(personal not in hidden.words for personal in (USER_ID, TRANSACTION, TOLD))


@pytest.mark.parametrize("reason", ["", "   ", "abc", "x" * 201], ids=["none", "blank", "short", "long"])
async def test_without_a_reason_nothing_is_shown(masked: tuple[Any, str], engine: AsyncEngine, reason: str) -> None:
    visitor, number = masked
    refused = await visitor.post(f"/handoffs/{number}/reveal", reason=reason)
    assert refused.status == 400
    assert "reason" in refused.words
    assert all(personal not in refused.words for personal in (USER_ID, TRANSACTION, TOLD))
    assert (await list_entries(engine, EntryFilter(action=Action.REVEAL), 10)).items == ()
