"""What a message names beside its intent: the payment that is not meant, the link that is wanted after all."""

from __future__ import annotations

from typing import Any

import pytest

from actions.diagnosis.finding import Finding
from actions.dialogue.walkthrough import Source, Tried, Walkthrough
from actions.topics.login import ActionStartLogin
from actions.topics.payment import PaymentFailure
from actions.topics.troubleshooting import ValidateTroubleshootingForm
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

PIN = Finding("wrong_pin", "wrong_pin", "wrong_pin", "pay_1", NOW)
FIXING = Walkthrough(PaymentFailure.topic, NOW, Source.ACCOUNT, (PIN,), steps=("reset_pin",))
LOCK = Finding("account_locked", "account_locked", "account_locked", values={"contact": "w@x.cn"})
DECLINED = Walkthrough(
    "login_failure",
    NOW,
    Source.ACCOUNT,
    (LOCK,),
    steps=("wait_for_unlock",),
    tried=(Tried("send_reset_link", "declined", "2026-03-01T00:00:00Z"),),
)
# Nobody listens where the wallet should be: that it was asked to send shows in its failure.
NOT_SENT = "utter_send_reset_link_failed"


async def validate(conversation: Conversation, value: str) -> dict[str, Any]:
    """Give the form an answer; the slots it sets."""
    form = ValidateTroubleshootingForm()
    return dict(await form.validate_step_result(value, conversation.dispatcher, conversation.tracker, {}))


async def test_a_no_that_names_the_payment_takes_the_yes_back(conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = FIXING.to_slot()
    conversation.user_says("不对，我说的不是这笔", intent="deny", meant="this_one")
    set_slots = await validate(conversation, "no")

    assert conversation.said == ["utter_other_causes"]
    assert set_slots["walkthrough"]["tried"] == []


async def test_a_payment_named_while_it_still_fails_stays_the_one_that_is_meant(conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = FIXING.to_slot()
    conversation.user_says("这笔还是付不了", intent="step_failed", meant="this_one")
    set_slots = await validate(conversation, "failed")

    assert [tried["step"] for tried in set_slots["walkthrough"]["tried"]] == ["reset_pin"]


async def test_a_yes_that_names_the_declined_link_has_it_sent(conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = DECLINED.to_slot()
    conversation.user_says("还是发链接给我吧", intent="affirm", offer="send_reset_link")
    await validate(conversation, "yes")

    assert conversation.said == [NOT_SENT]


@pytest.mark.parametrize("entities", [{}, {"offer": "freeze_account"}])
async def test_any_other_yes_looks_again(conversation: Conversation, entities: dict[str, str]) -> None:
    conversation.slots["walkthrough"] = DECLINED.to_slot()
    conversation.user_says("好", intent="affirm", **entities)
    await validate(conversation, "yes")

    assert conversation.said == ["utter_cannot_look"]


async def test_the_link_asked_for_in_so_many_words_is_sent_though_it_was_declined(
    run: Run, conversation: Conversation
) -> None:
    conversation.slots["walkthrough"] = DECLINED.to_slot()
    conversation.user_says("帮我发重置链接", intent="login_failure", offer="send_reset_link")
    await run(ActionStartLogin(), conversation)

    assert conversation.said[0] == NOT_SENT
