"""What the person gets when a conversation is handed over."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from actions.diagnosis.payment import payment_finding
from actions.dialogue.packet import Reason, account_of, build_packet, number_for
from actions.dialogue.walkthrough import Source, Tried, Walkthrough
from bot.desk.handoffs.requests import read_packet
from tests.fakes.accounts import NOW, limits, payment
from tests.fakes.conversation import Conversation
from tests.fakes.findings import FINDINGS
from tests.fakes.gateway import gateway_of
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause

NUMBER = "WH-7K3M-Q9TD"
FINDING = payment_finding(payment(cause=Cause.CARD_LOST), limits())
WALKTHROUGH = Walkthrough(
    "payment_failure",
    NOW,
    Source.ACCOUNT,
    findings=(FINDING,),
    steps=("call_bank",),
    tried=(Tried("call_bank", "failed", "2026-03-12T03:10:00Z"),),
)


def packet(conversation: Conversation, walkthrough: Walkthrough | None = WALKTHROUGH) -> dict[str, Any]:
    """The packet of a hand-off that was asked for, as it goes over the wire."""
    built = build_packet(conversation.turn(), NUMBER, Reason.ASKED, walkthrough, {})
    return dict(json.loads(json.dumps(built)))


def number_of(conversation_id: str, message_id: str | None, instead_of: str = "") -> str:
    """The number under which this message asks."""
    conversation = Conversation(conversation_id=conversation_id)
    conversation.user_says("人工")
    conversation.events[-1]["message_id"] = message_id
    return number_for(conversation.turn(), instead_of)


def test_a_number_has_no_letter_that_is_misread() -> None:
    numbers = [number_of("conversation-1", f"message-{place}") for place in range(200)]

    assert all(re.fullmatch(r"WH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert set("".join(numbers)) > set("0123456789")


def test_a_message_that_is_handled_again_asks_under_the_same_number() -> None:
    asked = number_of("widget-1", "message-1")

    assert number_of("widget-1", "message-1") == asked
    assert number_of("widget-1", "message-2") != asked
    assert number_of("widget-2", "message-1") != asked


def test_a_number_that_is_used_up_is_followed_by_another_that_is_the_same_again() -> None:
    used = number_of("widget-1", "message-1")
    following = number_of("widget-1", "message-1", instead_of=used)

    assert following != used
    assert number_of("widget-1", "message-1", instead_of=used) == following


def test_a_message_of_a_channel_without_ids_gets_a_number_of_its_own() -> None:
    assert number_of("terminal-1", None) != number_of("terminal-1", None)


@pytest.mark.parametrize(
    ("intents", "topic"), [((), None), (("greet",), None), (("ask_refund", "greet"), "ask_refund")]
)
def test_without_a_walkthrough_the_topic_is_the_one_named_last(intents: tuple[str, ...], topic: str | None) -> None:
    conversation = Conversation()
    for intent in intents:
        conversation.user_says("…", intent=intent)
    conversation.user_says("人工", intent="request_human")

    assert packet(conversation, walkthrough=None)["topic"] == topic


async def test_of_a_proven_user_the_account_is_shown_masked(conversation: Conversation, wallet: FakeWallet) -> None:
    assert await account_of(conversation.turn(), gateway_of(wallet)) == {
        "account": wallet.state.status.value,
        "email": wallet.state.email_masked,
        "phone": wallet.state.phone_masked,
    }


async def test_of_a_guest_and_while_the_wallet_is_away_no_account_is_shown(
    conversation: Conversation, guest: Conversation, wallet: FakeWallet
) -> None:
    of_guest = await account_of(guest.turn(), gateway_of(wallet))
    wallet.is_away = True

    assert (of_guest, await account_of(conversation.turn(), gateway_of(wallet))) == ({}, {})


async def test_a_user_whom_the_wallet_does_not_know_has_no_account(wallet: FakeWallet) -> None:
    assert await account_of(Conversation(user_id="nobody").turn(), gateway_of(wallet)) == {}


def test_the_account_goes_with_what_the_conversation_knows(conversation: Conversation) -> None:
    account = {"account": "active", "email": "c***@example.com", "phone": None}
    built = build_packet(conversation.turn(), NUMBER, Reason.ASKED, None, account)

    assert built["facts"] == {"verified": True, **account}
    assert read_packet(json.loads(json.dumps(built))).facts["email"] == "c***@example.com"


def test_of_very_many_findings_and_steps_the_newest_are_sent(conversation: Conversation) -> None:
    tried = tuple(Tried(f"step_{place}", "failed", "2026-03-12T03:10:00Z") for place in range(150))
    findings = tuple(replace(FINDING, subject=f"pay_{place}") for place in range(150))
    made = read_packet(packet(conversation, replace(WALKTHROUGH, tried=tried, findings=findings)))

    assert (len(made.steps), made.steps[-1].step) == (100, "step_149")
    assert (len(made.findings), made.findings[-1].values["transaction"]) == (100, "pay_149")


def test_the_packet_holds_who_asked_what_was_found_and_what_was_tried(conversation: Conversation) -> None:
    conversation.user_says("转人工", intent="request_human")
    made = packet(conversation)

    assert (made["number"], made["user_id"], made["channel"], made["language"]) == (NUMBER, "chen", "terminal", "zh")
    assert (made["topic"], made["reason"], made["last_words"]) == ("payment_failure", "asked", "转人工")
    assert made["steps"] == [{"step": "call_bank", "outcome": "failed", "at": "2026-03-12T03:10:00Z"}]
    assert made["facts"] == {"verified": True, "source": "account", "step": "call_bank"}
    assert made["transcript"] == {"conversation_id": "conversation-1", "until": made["requested_at"]}


def test_the_person_learns_the_cause_that_the_user_was_not_told(conversation: Conversation) -> None:
    (finding,) = packet(conversation)["findings"]

    assert (finding["cause"], finding["subject"]) == ("card_lost", "pay_1")
    assert (finding["values"]["amount"], finding["values"]["bank"]) == ("6,000.00 CNY", "江海银行")


def test_without_a_walkthrough_there_is_no_topic(guest: Conversation) -> None:
    made = packet(guest, walkthrough=None)

    assert (made["topic"], made["user_id"], made["findings"], made["steps"]) == (None, None, [], [])
    assert made["facts"] == {"verified": False}


@pytest.mark.parametrize("reason", list(Reason))
def test_the_desk_takes_a_packet_of_every_reason(conversation: Conversation, reason: Reason) -> None:
    built = build_packet(conversation.turn(), NUMBER, reason, WALKTHROUGH, {})

    assert read_packet(built).reason.value == reason.value


@pytest.mark.parametrize("topic", FINDINGS)
def test_the_desk_takes_every_finding(conversation: Conversation, topic: str) -> None:
    for finding in FINDINGS[topic]:
        assert (
            read_packet(packet(conversation, replace(WALKTHROUGH, findings=(finding,)))).findings[0].cause
            == finding.cause
        )


@pytest.mark.parametrize(
    ("text", "kept"),
    [("长" * 3000, "长" * 500), ("a\0b", "ab"), ("x\ud800y", "x?y"), ("", ""), ("😀" * 600, "😀" * 500)],
    ids=["long", "zero character", "half a pair", "empty", "beyond the basic plane"],
)
def test_the_desk_takes_whatever_the_user_said_last(conversation: Conversation, text: str, kept: str) -> None:
    conversation.user_says(text)

    assert read_packet(packet(conversation)).last_words == kept


def test_the_packet_holds_no_token_and_nothing_of_earlier_messages(conversation: Conversation) -> None:
    conversation.user_says("我的密码是 hunter2-hunter2")
    conversation.bot_says("utter_greet")
    conversation.user_says("转人工")
    conversation.events[-1]["metadata"]["session_token"] = "eyJ.secret.token"
    written = json.dumps(packet(conversation))

    assert "hunter2" not in written
    assert "eyJ.secret.token" not in written
    assert "w" * 40 not in written
    assert "d" * 40 not in written
