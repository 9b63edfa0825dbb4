"""The shared actions of a walkthrough: start, switch, answer, ask, end. The wallet is away, or the user a guest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa_sdk.events import FollowupAction

from actions.dialogue.outcome import Outcome
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.settings import current_settings
from actions.topics.fraud import ActionStartFraud
from actions.topics.payment import ActionStartPayment
from actions.topics.topup import ActionStartTopup
from actions.topics.troubleshooting import (
    ActionAskStepResult,
    ActionEndTroubleshooting,
    ValidateTroubleshootingForm,
)
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

FORM = FollowupAction("troubleshooting_form")
ASKED = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_card_balance", "check_limits"))


async def validate(conversation: Conversation, value: str) -> dict[str, Any]:
    """Give the form an answer; the slots it sets."""
    conversation.forget_answers()
    form = ValidateTroubleshootingForm()
    set_slots = await form.validate_step_result(value, conversation.dispatcher, conversation.tracker, {})
    conversation.slots |= set_slots
    return set_slots


def handed_over() -> list[dict[str, Any]]:
    """Packets of the hand-offs that wait for the desk."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in current_settings().outbox_folder.glob("*.json")]


async def test_a_reported_failure_starts_the_form(run: Run, guest: Conversation) -> None:
    guest.user_says("付款失败", intent="payment_failure")
    events = await run(ActionStartPayment(), guest)

    assert FORM in events
    assert guest.said == ["utter_payment_guest"]
    assert guest.slots["walkthrough"]["topic"] == "payment_failure"


async def test_a_proven_user_whose_wallet_is_away_goes_by_the_checklist(run: Run, conversation: Conversation) -> None:
    conversation.user_says("付款失败", intent="payment_failure")
    await run(ActionStartPayment(), conversation)

    assert (conversation.said, conversation.slots["walkthrough"]["source"]) == (["utter_payment_away"], "away")


async def test_another_failure_switches_the_topic_and_says_so(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("充值也失败", intent="topup_failure")
    await run(ActionStartTopup(), guest)

    assert guest.said == ["utter_topic_switched", "utter_topup_guest"]
    assert guest.slots["walkthrough"]["topic"] == "topup_failure"


async def test_the_same_failure_again_means_that_it_still_fails(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("付款还是失败", intent="payment_failure")
    await run(ActionStartPayment(), guest)

    assert [tried["outcome"] for tried in guest.slots["walkthrough"]["tried"]] == ["failed"]


async def test_fraud_goes_from_a_guest_to_a_person_at_once_and_urgently(run: Run, guest: Conversation) -> None:
    guest.user_says("被盗刷了", intent="report_fraud")
    events = await run(ActionStartFraud(), guest)
    (packet,) = handed_over()

    assert guest.said == ["utter_fraud_guest", "utter_handoff_kept"]
    assert (packet["reason"], packet["topic"]) == ("fraud", "report_fraud")
    assert FORM not in events


async def test_a_step_is_asked_about_with_its_buttons(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("然后呢")
    await run(ActionAskStepResult(), guest)

    assert guest.said == ["utter_step_check_card_balance"]
    assert guest.payloads() == ["/step_done", "/step_failed", "/request_human"]


async def test_nothing_is_asked_without_a_walkthrough(run: Run, guest: Conversation) -> None:
    guest.user_says("然后呢")
    await run(ActionAskStepResult(), guest)

    assert guest.said == []


async def test_an_answer_leaves_the_slot_empty_so_that_the_form_asks_on(guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("还是不行", intent="step_failed")
    set_slots = await validate(guest, "failed")

    assert set_slots["step_result"] is None
    assert set_slots["walkthrough"]["position"] == 1


async def test_the_answer_to_the_last_step_fills_the_slot_with_the_outcome(guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("好了", intent="step_done")

    assert (await validate(guest, "done"))["step_result"] == "solved_by_user"


async def test_a_yes_to_the_offer_of_a_person_is_not_a_yes_to_the_step(guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("阿巴", intent="nlu_fallback")
    guest.bot_says("utter_offer_person")
    guest.user_says("好", intent="affirm")
    set_slots = await validate(guest, "yes")

    assert set_slots == {"step_result": "not_understood"}


async def test_a_no_to_the_offer_of_a_person_asks_the_step_again(guest: Conversation) -> None:
    guest.slots["walkthrough"] = ASKED.to_slot()
    guest.user_says("阿巴", intent="nlu_fallback")
    guest.bot_says("utter_offer_person")
    guest.user_says("不用", intent="deny")

    assert await validate(guest, "no") == {"step_result": None}


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.EXHAUSTED, ["utter_handing_over_exhausted", "utter_handoff_kept"]),
        (Outcome.FOR_PEOPLE, ["utter_handing_over_for_people", "utter_handoff_kept"]),
        (Outcome.SOLVED_BY_WALLET, ["utter_ask_rating"]),
        (Outcome.SOLVED_BY_USER, ["utter_ask_rating"]),
        (Outcome.WAITING, []),
    ],
)
async def test_a_walkthrough_ends_by_its_outcome(
    run: Run, guest: Conversation, outcome: Outcome, said: list[str]
) -> None:
    guest.slots |= {"walkthrough": ASKED.to_slot(), "step_result": outcome.value}
    guest.user_says("嗯")
    events = await run(ActionEndTroubleshooting(), guest)
    expected = "handed_over" if "utter_handoff_kept" in said else outcome.value

    assert guest.said == said
    assert (guest.slots["episode"]["topic"], guest.slots["episode"]["outcome"]) == ("payment_failure", expected)
    assert (guest.slots["walkthrough"], guest.slots["step_result"]) == (None, None)
    assert {"event": "active_loop", "name": None} in events


async def test_not_understood_twice_goes_to_a_person_with_what_was_found(run: Run, conversation: Conversation) -> None:
    conversation.slots |= {"walkthrough": ASKED.to_slot(), "step_result": "not_understood"}
    conversation.user_says("好")
    await run(ActionEndTroubleshooting(), conversation)
    (packet,) = handed_over()

    assert (packet["reason"], packet["topic"], packet["user_id"]) == ("not_understood", "payment_failure", "chen")
