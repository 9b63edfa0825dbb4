"""What is said too early, too late or otherwise than before: it works already, not that one, the link after all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.dialogue.answers import NOT_THIS_ONE, REPORTED_AGAIN
from actions.dialogue.outcome import Outcome
from actions.dialogue.walkthrough import Source
from actions.topics.fraud import Fraud
from actions.topics.login import LoginFailure
from tests.fakes.accounts import NOW, ago, attempt, login_state, paid, payment, unknown
from tests.fakes.conversation import Conversation
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause

LOGIN = LoginFailure()
LATER = NOW + timedelta(seconds=30)


@pytest.fixture
async def confirming(payment_walk: Walk, wallet: FakeWallet) -> Walk:
    """A user asked whether it is this payment he means."""
    wallet.paid = [payment(cause=Cause.CARD_EXPIRED)]
    await payment_walk.start()
    return payment_walk


async def test_done_while_still_asked_which_payment_looks_into_the_wallet(confirming: Walk, wallet: FakeWallet) -> None:
    wallet.paid.insert(0, paid(created_at=LATER))

    assert await confirming.answer("done") == ["utter_payment_seen"]
    assert confirming.outcome is Outcome.SOLVED_BY_WALLET


async def test_done_that_the_wallet_does_not_show_is_said_and_the_question_stays(confirming: Walk) -> None:
    assert await confirming.answer("done") == ["utter_payment_none_yet"]
    assert (confirming.asked(), confirming.outcome) == ("utter_step_confirm_payment", None)


async def test_done_twice_is_believed_though_the_wallet_does_not_show_it(confirming: Walk) -> None:
    assert await confirming.answer("done", "done") == ["utter_payment_solved_unseen"]
    assert (confirming.outcome, confirming.tried) == (Outcome.SOLVED_BY_USER, [("confirm", "done")])


async def test_done_while_the_wallet_is_away_is_believed(confirming: Walk, wallet: FakeWallet) -> None:
    wallet.is_away = True

    assert await confirming.answer("done") == ["utter_cannot_look", "utter_solved_unchecked"]
    assert confirming.outcome is Outcome.SOLVED_BY_USER


async def test_done_about_the_first_payment_does_not_count_for_the_next(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(), payment("pay_2", cause=Cause.WRONG_PIN, created_at=ago(hours=5))]
    await payment_walk.start()

    assert await payment_walk.answer("done", "no", "done") == ["utter_payment_none_yet"]


async def test_another_failure_seen_after_an_early_done_is_walked(confirming: Walk, wallet: FakeWallet) -> None:
    wallet.paid.append(payment("pay_2", cause=Cause.INSUFFICIENT_FUNDS, created_at=LATER))

    assert await confirming.answer("done") == ["utter_payment_found", "utter_cause_insufficient_funds"]
    assert confirming.asked() == "utter_step_fund_card"


@pytest.fixture
def locked(wallet: FakeWallet) -> FakeWallet:
    """An account locked for twenty more minutes."""
    wallet.state = login_state(attempt(ago(minutes=3), "locked"), locked_until=NOW + timedelta(minutes=20))
    return wallet


async def test_a_sign_in_that_worked_before_the_offer_was_answered_is_seen(
    login_walk: Walk, locked: FakeWallet
) -> None:
    await login_walk.start()
    locked.state = login_state(attempt(LATER), attempt(ago(minutes=3), "locked"))

    assert await login_walk.answer("done") == ["utter_login_seen"]
    assert (login_walk.outcome, locked.resets) == (Outcome.SOLVED_BY_WALLET, [])


async def test_a_sign_in_that_nobody_sees_leaves_the_offer(login_walk: Walk, locked: FakeWallet) -> None:
    await login_walk.start()

    assert await login_walk.answer("done") == ["utter_login_none_yet"]
    assert (login_walk.asked(), locked.resets) == ("utter_step_send_reset_link", [])


async def test_a_step_after_a_declined_offer_is_asked_in_its_own_words(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_password"))
    await login_walk.start()
    await login_walk.answer("done", "no")

    assert login_walk.asked() == "utter_step_check_password"


async def test_done_does_not_freeze_anything(wallet: FakeWallet, conversation: Conversation) -> None:
    walk = Walk(Fraud(), wallet, conversation)
    await walk.start()
    await walk.answer("done")

    assert (walk.asked(), walk.outcome, walk.tried) == ("utter_step_freeze_account", None, [])


async def test_a_yes_that_was_wrong_is_taken_back_in_the_fix(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(), payment("pay_2", cause=Cause.WRONG_PIN, created_at=ago(hours=5))]
    await payment_walk.start()

    assert await payment_walk.answer("yes", NOT_THIS_ONE) == ["utter_payment_found", "utter_cause_wrong_pin"]
    assert (payment_walk.asked(), payment_walk.tried) == ("utter_step_confirm_payment", [])


async def test_a_yes_that_was_wrong_is_taken_back_while_waiting(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()

    assert await payment_walk.answer("yes", NOT_THIS_ONE) == ["utter_other_causes"]
    assert (payment_walk.walkthrough.source, payment_walk.outcome) == (Source.NOTHING_FOUND, None)


async def test_not_this_one_without_a_payment_in_question_is_a_no(guest_walk: Walk) -> None:
    await guest_walk.start()
    await guest_walk.answer(NOT_THIS_ONE)

    assert guest_walk.tried == [("check_card_balance", "failed")]


async def test_an_offer_that_was_declined_is_there_to_come_back_to(login_walk: Walk, locked: FakeWallet) -> None:
    await login_walk.start()
    await login_walk.answer("no")
    again = LOGIN.declined_offer(login_walk.walkthrough, "send_reset_link")

    assert again is not None
    assert again.step == "send_reset_link"


@pytest.mark.parametrize(("answers", "operation"), [((), "send_reset_link"), (("no",), None), (("no",), "freeze_card")])
async def test_there_is_nothing_to_come_back_to(
    login_walk: Walk, locked: FakeWallet, answers: tuple[str, ...], operation: str | None
) -> None:
    await login_walk.start()
    await login_walk.answer(*answers)

    assert LOGIN.declined_offer(login_walk.walkthrough, operation) is None


@pytest.mark.parametrize("result", ["failed", REPORTED_AGAIN])
async def test_a_wrong_password_after_the_link_is_told_as_one(
    login_walk: Walk, locked: FakeWallet, result: str
) -> None:
    await login_walk.start()
    await login_walk.answer("yes")
    locked.state = login_state(attempt(NOW + timedelta(seconds=90), "wrong_password"), failures=1)

    assert await login_walk.answer(result) == ["utter_cause_wrong_password"]
    assert login_walk.asked() == "utter_step_offer_reset_link"


async def test_the_reason_asked_for_by_a_guest_is_that_nothing_can_be_seen(
    guest_walk: Walk, guest: Conversation
) -> None:
    await guest_walk.start()
    guest.forget_answers()
    guest_walk.repeat()

    assert guest.said == ["utter_payment_guest"]


async def test_the_reason_asked_for_after_every_payment_was_denied_is_the_usual_causes(
    confirming: Walk, conversation: Conversation
) -> None:
    await confirming.answer("no")
    conversation.forget_answers()
    confirming.repeat()

    assert conversation.said == ["utter_other_causes"]
