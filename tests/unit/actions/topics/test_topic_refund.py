"""ask_refund: where the refund stands, which one is meant, and what a guest hears."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from actions.settings import current_settings
from actions.topics.refund import ActionAskRefund
from tests.fakes.accounts import card, refund, yuan
from tests.fakes.conversation import Conversation
from tests.fakes.loopback import Loopback, answering
from tests.fakes.responses import LANGUAGES, render
from tests.unit.actions.topics.conftest import Run
from wallet.contract.encoding import to_json
from wallet.contract.refunds import RefundStatus

Serve = Callable[..., Awaitable[None]]


@pytest.fixture
async def serve(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Serve]:
    """A wallet that has these refunds."""
    async with AsyncExitStack() as servers:

        async def start(*refunds: Any, status: int = 200) -> None:
            answer = answering(status, json.dumps({"items": to_json(refunds)}))
            server = await servers.enter_async_context(Loopback(answer))
            monkeypatch.setenv("HOTLINE_WALLET_URL", server.url)
            current_settings.cache_clear()

        yield start


async def test_a_guest_hears_how_refunds_go(run: Run, guest: Conversation) -> None:
    guest.user_says("怎么退款", intent="ask_refund")
    await run(ActionAskRefund(), guest)

    assert guest.said == ["utter_refund"]


async def test_while_the_wallet_is_away_that_is_said_first(run: Run, conversation: Conversation) -> None:
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)

    assert conversation.said == ["utter_cannot_look", "utter_refund"]


@pytest.mark.parametrize("status", [200, 404])
async def test_without_a_refund_he_hears_how_to_ask_for_one(
    run: Run, conversation: Conversation, serve: Serve, status: int
) -> None:
    await serve(status=status)
    conversation.user_says("我要退款", intent="ask_refund")
    await run(ActionAskRefund(), conversation)

    assert conversation.said == ["utter_refund_none"]


@pytest.mark.parametrize(
    ("changes", "response"),
    [
        ({"expected_by": None}, "utter_refund_open"),
        ({}, "utter_refund_requested_late"),
        ({"status": RefundStatus.APPROVED, "card": card()}, "utter_refund_approved_late"),
        ({"status": RefundStatus.REJECTED, "rejection": "used"}, "utter_refund_rejected"),
        ({"status": RefundStatus.SUCCEEDED}, "utter_refund_succeeded"),
    ],
)
async def test_the_one_refund_is_told_with_all_values(
    run: Run, conversation: Conversation, serve: Serve, changes: dict[str, Any], response: str
) -> None:
    await serve(refund(**changes))
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)
    (message,) = conversation.dispatcher.messages

    assert conversation.said == [response]
    assert all("6,000.00" in render(message, language) for language in LANGUAGES)


async def test_of_several_he_is_asked_which_and_a_button_names_it(
    run: Run, conversation: Conversation, serve: Serve
) -> None:
    await serve(refund(), refund("ref_2", amount=yuan("300")))
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)

    assert conversation.said == ["utter_refund_which"]
    assert conversation.payloads() == [
        '/ask_refund{"transaction_id": "ref_1"}',
        '/ask_refund{"transaction_id": "ref_2"}',
        "/request_human",
    ]

    conversation.user_says(intent="ask_refund", transaction_id="ref_2")
    await run(ActionAskRefund(), conversation)
    assert conversation.values("utter_refund_requested_late")["amount"] == "¥300.00"
