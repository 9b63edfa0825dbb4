"""ask_refund: where the refund stands, which one is meant, and what a guest hears."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from actions.diagnosis.payment import payment_finding
from actions.dialogue.packet import Reason, build_packet
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.settings import current_settings
from actions.topics.handoff import ActionTellHandoff
from actions.topics.refund import ActionAskRefund
from bot.desk.handoffs.requests import read_packet
from tests.fakes.accounts import NOW, ago, card, limits, payment, refund, yuan
from tests.fakes.conversation import Conversation
from tests.fakes.loopback import Loopback, answering
from tests.fakes.responses import LANGUAGES, render, responses
from tests.unit.actions.topics.conftest import Run
from wallet.contract.encoding import to_json
from wallet.contract.refunds import RefundStatus

Serve = Callable[..., Awaitable[None]]
NUMBER = "WH-7K3M-Q9TD"


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


async def test_of_a_payment_without_a_refund_he_hears_just_that_and_which_there_are(
    run: Run, conversation: Conversation, serve: Serve
) -> None:
    await serve(refund())
    conversation.user_says("pay_77 的退款呢", intent="ask_refund", transaction_id="pay_77")
    await run(ActionAskRefund(), conversation)

    assert conversation.said == ["utter_refund_none_for_this"]
    assert conversation.payloads() == ['/ask_refund{"transaction_id": "ref_1"}', "/request_human"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_has_his_money_back_hears_how_to_ask_for_more_and_of_a_person(language: str) -> None:
    text = responses()["utter_refund_succeeded"][language]

    assert {"zh": "申请退款", "en": "Ask for a refund"}[language] in text
    assert {"zh": "人工", "en": "human"}[language] in text


async def test_whoever_is_handed_over_brings_along_how_the_refund_stands(
    run: Run, conversation: Conversation, serve: Serve
) -> None:
    decided = ago(hours=2)
    await serve(refund(status=RefundStatus.REJECTED, rejection="used", decided_at=decided, expected_by=None))
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)
    conversation.user_says("人工", intent="request_human")
    packet = read_packet(json.loads(json.dumps(build_packet(conversation.turn(), NUMBER, Reason.ASKED, None, {}))))
    (finding,), (step,) = packet.findings, packet.steps

    assert (packet.topic, finding.cause) == ("ask_refund", "refund_rejected")
    assert finding.values == {
        "transaction": "pay_1",
        "refund": "ref_1",
        "merchant": "云杉书店",
        "amount": "6,000.00 CNY",
        "refund_reason": "faulty",
        "refund_rejection": "used",
        "at": to_json(ago(days=1)),
        "decided_at": to_json(decided),
    }
    assert (step.step, step.outcome) == ("tell_refund", "told")


async def test_what_is_asked_next_takes_the_place_of_what_was_told(
    run: Run, conversation: Conversation, serve: Serve
) -> None:
    await serve(refund(), refund("ref_2", payment_id="pay_2", amount=yuan("300")))
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)
    which = build_packet(conversation.turn(), NUMBER, Reason.ASKED, None, {})
    conversation.user_says("pay_77 的退款呢", intent="ask_refund", transaction_id="pay_77")
    await run(ActionAskRefund(), conversation)
    none = build_packet(conversation.turn(), NUMBER, Reason.ASKED, None, {})

    assert [finding["subject"] for finding in which["findings"]] == ["pay_1", "pay_2"]
    assert [step["step"] for step in which["steps"]] == ["choose_refund"]
    assert [(finding["cause"], finding["values"]) for finding in none["findings"]] == [
        ("refund_none", {"transaction": "pay_77"})
    ]
    assert [step["outcome"] for step in none["steps"]] == ["told"]


async def test_a_walkthrough_and_a_refund_asked_about_in_between_go_together(
    run: Run, conversation: Conversation, serve: Serve
) -> None:
    await serve(refund())
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)
    finding = payment_finding(payment(), limits())
    walkthrough = Walkthrough("payment_failure", NOW, Source.ACCOUNT, findings=(finding,))
    packet = build_packet(conversation.turn(), NUMBER, Reason.ASKED, walkthrough, {})

    assert [found["cause"] for found in packet["findings"]] == [finding.cause, "refund_requested_late"]
    assert packet["topic"] == "payment_failure"


async def test_a_person_who_took_over_has_had_it(run: Run, conversation: Conversation, serve: Serve) -> None:
    await serve(refund())
    conversation.user_says("退款到哪了", intent="ask_refund")
    await run(ActionAskRefund(), conversation)
    conversation.hand_off("claimed", change="claim", agent="李雷")
    await run(ActionTellHandoff(), conversation)

    assert build_packet(conversation.turn(), NUMBER, Reason.ASKED, None, {})["findings"] == []


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
