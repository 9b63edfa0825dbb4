"""What a writer of a messaging channel answers while it is being found out who he is, as the form takes it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from actions.dialogue.channel_link import KnownLink
from actions.dialogue.troubleshooting import GIVE_LOGIN, PRESS_LINK
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.payment import PaymentFailure
from actions.topics.topup import ActionStartTopup
from actions.topics.transfer import ActionStartTransfer
from actions.topics.troubleshooting import ActionAskStepResult, ValidateTroubleshootingForm
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

ASKED = Walkthrough(PaymentFailure.topic, NOW, Source.GUEST, linking=GIVE_LOGIN)
SENT = Walkthrough(PaymentFailure.topic, NOW, Source.GUEST, linking=PRESS_LINK).record(GIVE_LOGIN, "sent", NOW)


@pytest.fixture
def writer() -> Conversation:
    """Somebody who has said that his payment failed."""
    conversation = Conversation(user_id=None, writer="writer-1")
    conversation.user_says("付款失败了", intent="payment_failure")
    return conversation


async def validate(conversation: Conversation, value: str) -> dict[str, Any]:
    """Give the form an answer; the slots it sets."""
    form = ValidateTroubleshootingForm()
    return dict(await form.validate_step_result(value, conversation.dispatcher, conversation.tracker, {}))


async def test_a_login_after_the_offer_of_a_person_is_no_yes_to_the_person(writer: Conversation) -> None:
    writer.slots["walkthrough"] = ASKED.to_slot()
    writer.bot_says("utter_offer_person")
    writer.user_says("138****0001", intent="affirm", typed_login="13800000001", login="138****0001")
    set_slots = await validate(writer, "yes")

    # Nobody listens where the wallet should be: that it was asked shows in what is said.
    assert (set_slots["step_result"], writer.said) == (None, ["utter_payment_away"])


async def test_not_yet_keeps_the_question_whether_he_has_confirmed(run: Run, writer: Conversation) -> None:
    link = KnownLink("link_1", "terminal", "writer-1", datetime.now(timezone.utc) + timedelta(minutes=15))
    writer.slots |= {"walkthrough": SENT.to_slot(), "channel_link": link.to_slot()}
    writer.user_says("还没有", intent="deny")
    set_slots = await validate(writer, "no")

    assert (set_slots["walkthrough"]["linking"], writer.said) == (PRESS_LINK, ["utter_cannot_look"])
    await run(ActionAskStepResult(), writer)
    assert writer.said == ["utter_step_press_link"]


async def test_the_button_to_go_on_without_the_account_does_so(run: Run, writer: Conversation) -> None:
    writer.slots["walkthrough"] = SENT.to_slot()
    await run(ActionAskStepResult(), writer)
    (payload,) = [payload for payload in writer.payloads() if payload.startswith("/deny")]
    assert payload == '/deny{"login": "none"}'
    writer.user_says("不查账户", intent="deny", login="none")
    writer.forget_answers()
    set_slots = await validate(writer, "no")

    assert (set_slots["walkthrough"]["linking"], writer.said) == (None, ["utter_payment_guest"])


async def test_another_failure_reported_while_a_link_is_out_does_not_ask_for_the_login_again(
    run: Run, writer: Conversation
) -> None:
    writer.slots["walkthrough"] = SENT.to_slot()
    writer.user_says("充值也失败了", intent="topup_failure")
    await run(ActionStartTopup(), writer)
    walkthrough = writer.slots["walkthrough"]

    assert (walkthrough["topic"], walkthrough["linking"]) == ("topup_failure", PRESS_LINK)
    assert [step["step"] for step in walkthrough["tried"]] == [GIVE_LOGIN]
    assert walkthrough["said"]["text"] == "充值也失败了"


async def test_not_received_while_a_link_is_out_means_the_link(run: Run, writer: Conversation) -> None:
    link = KnownLink("link_1", "terminal", "writer-1", datetime.now(timezone.utc) - timedelta(hours=2))
    writer.slots |= {"walkthrough": SENT.to_slot(), "channel_link": link.to_slot()}
    writer.user_says("没收到", intent="transfer_failure")
    await run(ActionStartTransfer(), writer)

    assert writer.slots["walkthrough"]["topic"] == "payment_failure"
    assert writer.slots["walkthrough"]["linking"] == GIVE_LOGIN
    assert "utter_topic_switched" not in writer.said


async def test_a_transfer_that_is_named_is_one_while_a_link_is_out_too(run: Run, writer: Conversation) -> None:
    writer.slots["walkthrough"] = SENT.to_slot()
    writer.user_says("转账没到", intent="transfer_failure", movement="transfer")
    await run(ActionStartTransfer(), writer)

    assert writer.slots["walkthrough"]["topic"] == "transfer_failure"
    assert writer.said == ["utter_topic_switched"]
