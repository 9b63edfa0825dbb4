"""What the person gets when a conversation is handed over."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from actions.diagnosis.payment import payment_finding
from actions.dialogue.handoff import Reason, build_packet, new_case_number
from actions.dialogue.walkthrough import Source, Tried, Walkthrough
from bot.desk.cases.requests import read_handoff
from tests.fakes.accounts import NOW, limits, payment
from tests.fakes.conversation import Conversation
from tests.fakes.findings import FINDINGS
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
    built = build_packet(conversation.turn(), NUMBER, Reason.ASKED, walkthrough)
    return dict(json.loads(json.dumps(built)))


def test_a_case_number_has_no_letter_that_is_misread() -> None:
    numbers = [new_case_number() for _ in range(200)]

    assert all(re.fullmatch(r"WH-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert set("".join(numbers)) > set("0123456789")


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
    built = build_packet(conversation.turn(), new_case_number(), reason, WALKTHROUGH)

    assert read_handoff(built).reason.value == reason.value


@pytest.mark.parametrize("topic", FINDINGS)
def test_the_desk_takes_every_finding(conversation: Conversation, topic: str) -> None:
    for finding in FINDINGS[topic]:
        assert (
            read_handoff(packet(conversation, replace(WALKTHROUGH, findings=(finding,)))).findings[0].cause
            == finding.cause
        )


@pytest.mark.parametrize(
    ("text", "kept"),
    [("长" * 3000, "长" * 500), ("a\0b", "ab"), ("x\ud800y", "x?y"), ("", ""), ("😀" * 600, "😀" * 500)],
    ids=["long", "zero character", "half a pair", "empty", "beyond the basic plane"],
)
def test_the_desk_takes_whatever_the_user_said_last(conversation: Conversation, text: str, kept: str) -> None:
    conversation.user_says(text)

    assert read_handoff(packet(conversation)).last_words == kept


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
