"""What may not be told is told in the very words of a decline without a reason, with the very same steps."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.diagnosis.finding import Finding
from actions.diagnosis.payment import PaymentFacts, payment_finding
from actions.diagnosis.topup import topup_finding
from actions.diagnosis.transfer import transfer_finding
from actions.playbooks.playbook import load_playbook
from tests.fakes.accounts import NOW, channel, limits, payment, topup, transfer, withdrawal
from tests.fakes.conversation import Conversation
from tests.fakes.responses import LANGUAGES, render
from wallet.contract.causes import CAUSES, Cause

UNTOLD = [cause for cause, rule in CAUSES.items() if not rule.may_be_told]
EVERY_UNTOLD = pytest.mark.parametrize("cause", UNTOLD)
EVERY_TOPIC = pytest.mark.parametrize("topic", ["payment", "topup", "transfer", "withdrawal"])


def finding(topic: str, cause: Cause) -> Finding:
    """The finding of one movement declined for a cause."""
    if topic == "payment":
        return payment_finding(payment(cause=cause), limits())
    if topic == "topup":
        return topup_finding(topup(cause=cause), [channel()])
    made = transfer if topic == "transfer" else withdrawal
    return transfer_finding(made(cause=cause), limits())


def spoken(topic: str, found: Finding, language: str, now: datetime = NOW) -> list[str]:
    """All a user hears of a finding: the movement, the cause, each step."""
    conversation = Conversation(language=language)
    turn = conversation.turn(now)
    steps = [
        f"utter_step_{step}"
        for step in load_playbook("transfer" if topic == "withdrawal" else topic).causes[found.plan]
    ]
    for response in (f"utter_{topic}_found", f"utter_cause_{found.told}", *steps):
        turn.say(response, **found.values)
    return [render(message, language) for message in conversation.dispatcher.messages]


def test_risk_loss_and_theft_are_what_may_not_be_told() -> None:
    assert set(UNTOLD) == {Cause.RISK_DECLINED, Cause.CARD_LOST, Cause.CARD_STOLEN}


@EVERY_TOPIC
@EVERY_UNTOLD
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_of_a_decline_without_a_reason(topic: str, cause: Cause, language: str) -> None:
    plain = spoken(topic, finding(topic, Cause.ISSUER_DECLINED), language)

    assert len(plain) > (1 if topic == "transfer" else 2)  # between two wallets there is no bank to call
    assert spoken(topic, finding(topic, cause), language) == plain


@EVERY_TOPIC
@EVERY_UNTOLD
def test_words_plan_and_values_are_the_same_to_the_last(topic: str, cause: Cause) -> None:
    untold, plain = finding(topic, cause), finding(topic, Cause.ISSUER_DECLINED)

    assert (untold.told, untold.plan, untold.values) == (plain.told, plain.plan, plain.values)


@EVERY_TOPIC
@EVERY_UNTOLD
def test_the_person_who_takes_over_learns_the_cause_itself(topic: str, cause: Cause) -> None:
    assert finding(topic, cause).cause == cause.value


@EVERY_UNTOLD
def test_limits_at_their_maximum_betray_nothing(cause: Cause) -> None:
    met = limits(per_day=limits().per_day_maximum)
    facts = PaymentFacts([payment(cause=cause)], met)

    assert payment_finding(facts.payments[0], met).plan == "issuer_declined"
