"""A user who wants a moment: left alone with his buttons, warned where a second try may cost his money twice."""

from __future__ import annotations

import pytest

from actions.diagnosis.finding import Finding
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.fraud import Fraud
from actions.topics.pause import ActionGiveTime
from actions.topics.payment import PaymentFailure
from actions.topics.troubleshooting import ActionAskStepResult
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

FIXING = Walkthrough(PaymentFailure.topic, NOW, Source.GUEST, steps=("check_limits",))
UNKNOWN = Finding("result_unknown", "result_unknown", "result_unknown")
UNSETTLED = Walkthrough(PaymentFailure.topic, NOW, Source.ACCOUNT, (UNKNOWN,), steps=("wait_for_result",))
OFFERING = Walkthrough(
    Fraud.topic,
    NOW,
    Source.ACCOUNT,
    (Finding("fraud_reported", "protect_first", "freeze_account"),),
    steps=("freeze_account",),
)


async def test_whoever_goes_and_tries_gets_his_time_and_keeps_the_buttons_of_the_step(
    run: Run, guest: Conversation
) -> None:
    guest.slots["walkthrough"] = FIXING.to_slot()
    guest.user_says("我去试试", intent="will_try")
    await run(ActionGiveTime(), guest)

    assert guest.said == ["utter_take_your_time"]
    assert guest.payloads() == ["/step_done", "/step_failed", "/request_human"]


async def test_the_step_is_not_asked_about_while_the_user_tries(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = FIXING.to_slot()
    guest.user_says("我去试试", intent="will_try")
    guest.bot_says("utter_take_your_time")
    await run(ActionAskStepResult(), guest)

    assert guest.said == []


async def test_the_step_is_asked_about_again_a_message_later(run: Run, guest: Conversation) -> None:
    guest.slots["walkthrough"] = FIXING.to_slot()
    guest.user_says("我去试试", intent="will_try")
    guest.bot_says("utter_take_your_time")
    guest.user_says("谢谢", intent="thank")
    await run(ActionAskStepResult(), guest)

    assert guest.said == ["utter_step_check_limits"]


async def test_whoever_would_pay_again_hears_that_the_result_is_open(run: Run, conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = UNSETTLED.to_slot()
    conversation.user_says("那我再付一次", intent="will_try")
    await run(ActionGiveTime(), conversation)

    assert conversation.said == ["utter_cause_result_unknown"]


@pytest.mark.parametrize("walkthrough", [OFFERING.to_slot(), None], ids=["offer", "nothing"])
async def test_there_is_no_hurry_where_nothing_has_to_be_done(
    run: Run, conversation: Conversation, walkthrough: dict[str, object] | None
) -> None:
    conversation.slots["walkthrough"] = walkthrough
    conversation.user_says("稍等", intent="will_try")
    await run(ActionGiveTime(), conversation)

    assert conversation.said == ["utter_no_hurry"]
