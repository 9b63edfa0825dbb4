"""Answers to "is it this one?", to an offer and to a wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.dialogue.answers import THIS_ONE
from actions.dialogue.outcome import Outcome
from actions.dialogue.walkthrough import Source
from tests.fakes.accounts import NOW, ago, attempt, channel, incident, login_state, paid, payment, topup, unknown, yuan
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause
from wallet.contract.payloads import MovementStatus


@pytest.mark.parametrize("result", ["yes", THIS_ONE, "failed"])
async def test_whoever_does_not_say_no_means_this_payment(payment_walk: Walk, wallet: FakeWallet, result: str) -> None:
    wallet.paid = [payment(cause=Cause.CARD_EXPIRED)]
    await payment_walk.start()
    await payment_walk.answer(result)

    assert (payment_walk.asked(), payment_walk.outcome) == ("utter_step_update_card", None)


async def test_a_no_leads_to_the_next_payment(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(), payment("pay_2", cause=Cause.WRONG_PIN, created_at=ago(hours=5))]
    await payment_walk.start()

    assert await payment_walk.answer("no") == ["utter_payment_found", "utter_cause_wrong_pin"]
    assert payment_walk.asked() == "utter_step_confirm_payment"


async def test_a_no_to_the_last_payment_leads_to_the_checklist(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment()]
    await payment_walk.start()

    assert await payment_walk.answer("no") == ["utter_other_causes"]
    assert payment_walk.walkthrough.source is Source.NOTHING_FOUND
    assert payment_walk.asked() == "utter_step_check_card_balance"


async def test_a_cause_without_a_fix_is_for_people(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(cause=Cause.ACCOUNT_FROZEN)]
    await payment_walk.start()
    await payment_walk.answer("yes")

    assert payment_walk.outcome is Outcome.FOR_PEOPLE


@pytest.fixture
def locked(wallet: FakeWallet) -> FakeWallet:
    """An account locked for twenty more minutes."""
    wallet.state = login_state(attempt(ago(minutes=3), "locked"), locked_until=NOW + timedelta(minutes=20))
    return wallet


async def test_an_offer_that_is_accepted_is_done_and_the_next_step_follows(
    login_walk: Walk, locked: FakeWallet
) -> None:
    await login_walk.start()

    assert await login_walk.answer("yes") == ["utter_send_reset_link_done"]
    assert locked.resets == ["chen"]
    assert (login_walk.asked(), login_walk.tried) == ("utter_step_sign_in_again", [("send_reset_link", "done")])


async def test_an_offer_that_is_declined_does_nothing_and_leads_to_what_else_there_is(
    login_walk: Walk, locked: FakeWallet
) -> None:
    await login_walk.start()
    await login_walk.answer("no")

    assert locked.resets == []
    assert (login_walk.asked(), login_walk.outcome) == ("utter_step_wait_for_unlock", None)
    assert login_walk.tried == [("send_reset_link", "declined")]


async def test_an_offer_that_fails_is_said_and_goes_to_a_person(login_walk: Walk, locked: FakeWallet) -> None:
    await login_walk.start()
    locked.refuses_operations = True

    assert await login_walk.answer("yes") == ["utter_send_reset_link_failed"]
    assert (login_walk.outcome, login_walk.tried) == (Outcome.EXHAUSTED, [("send_reset_link", "failed")])


async def test_whoever_is_not_locked_is_not_told_to_wait_for_an_unlock(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_password"))
    await login_walk.start()
    await login_walk.answer("no")

    assert login_walk.asked() == "utter_step_check_password"


async def test_looking_again_while_nothing_has_changed_says_so_and_asks_again(
    login_walk: Walk, locked: FakeWallet
) -> None:
    await login_walk.start()

    assert await login_walk.answer("no", "yes") == ["utter_wait_for_unlock_not_yet"]
    assert (login_walk.asked(), login_walk.outcome) == ("utter_step_wait_for_unlock", None)


async def test_leaving_it_for_now_ends_the_walkthrough_waiting(login_walk: Walk, locked: FakeWallet) -> None:
    await login_walk.start()

    assert await login_walk.answer("no", "no") == ["utter_wait_for_unlock_ends"]
    assert (login_walk.outcome, login_walk.tried[-1]) == (Outcome.WAITING, ("wait_for_unlock", "waiting"))


async def test_looking_again_while_the_wallet_is_away_says_so_and_asks_again(
    payment_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()
    await payment_walk.answer("yes")
    wallet.is_away = True

    assert await payment_walk.answer("yes") == ["utter_cannot_look"]
    assert (payment_walk.asked(), payment_walk.outcome) == ("utter_step_wait_for_result", None)


async def test_a_result_that_came_in_is_seen(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()
    await payment_walk.answer("yes")
    wallet.settle(paid("pay_1", created_at=ago(hours=2)))

    assert await payment_walk.answer("yes") == ["utter_payment_seen"]
    assert payment_walk.outcome is Outcome.SOLVED_BY_WALLET


@pytest.mark.parametrize("bought", [ago(hours=1), NOW + timedelta(seconds=90)], ids=["before", "meanwhile"])
async def test_another_payment_that_went_through_says_nothing_about_an_unknown_one(
    payment_walk: Walk, wallet: FakeWallet, bought: object
) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()
    await payment_walk.answer("yes")
    wallet.paid.append(paid("pay_coffee", amount=yuan("5"), merchant="咖啡", created_at=bought))

    assert await payment_walk.answer("yes") == ["utter_wait_for_result_not_yet"]
    assert payment_walk.outcome is None


async def test_an_unknown_payment_that_was_declined_after_all_is_walked_by_its_cause(
    payment_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()
    await payment_walk.answer("yes")
    wallet.settle(payment("pay_1", cause=Cause.INSUFFICIENT_FUNDS))

    assert await payment_walk.answer("yes") == ["utter_payment_found", "utter_cause_insufficient_funds"]
    assert payment_walk.asked() == "utter_step_fund_card"


async def test_a_channel_that_is_still_down_is_waited_for(topup_walk: Walk, wallet: FakeWallet) -> None:
    wallet.topped_up = [topup(cause=Cause.CHANNEL_DOWN)]
    wallet.channels = [channel(incident=incident()), channel("apple_pay")]
    await topup_walk.start()
    await topup_walk.answer("yes", "failed")

    assert topup_walk.asked() == "utter_step_wait_for_incident"
    assert await topup_walk.answer("yes") == ["utter_wait_for_incident_not_yet"]


async def test_a_topup_that_went_through_after_the_wait_is_seen(topup_walk: Walk, wallet: FakeWallet) -> None:
    wallet.topped_up = [topup(cause=Cause.CHANNEL_DOWN)]
    wallet.channels = [channel(incident=incident())]
    await topup_walk.start()
    await topup_walk.answer("yes")
    wallet.end_incidents()
    later = NOW + timedelta(minutes=1, seconds=30)
    wallet.topped_up.append(topup("top_2", status=MovementStatus.SUCCEEDED, cause=None, created_at=later))

    assert await topup_walk.answer("yes") == ["utter_topup_seen"]
    assert topup_walk.outcome is Outcome.SOLVED_BY_WALLET


@pytest.mark.parametrize("result", ["done", "failed", THIS_ONE])
async def test_an_offer_needs_a_plain_yes_or_no(login_walk: Walk, locked: FakeWallet, result: str) -> None:
    await login_walk.start()
    await login_walk.answer(result)

    assert (login_walk.asked(), login_walk.tried, login_walk.outcome) == ("utter_step_send_reset_link", [], None)


@pytest.mark.parametrize("result", ["failed", "reported_again"])
async def test_only_a_no_ends_the_wait(payment_walk: Walk, wallet: FakeWallet, result: str) -> None:
    wallet.paid = [unknown()]
    await payment_walk.start()
    await payment_walk.answer("yes")

    assert await payment_walk.answer(result) == ["utter_wait_for_result_not_yet"]
    assert payment_walk.outcome is None


async def test_a_lock_that_ended_meanwhile_is_said_and_the_user_may_sign_in(
    login_walk: Walk, locked: FakeWallet
) -> None:
    await login_walk.start()
    await login_walk.answer("no")
    locked.state = login_state(attempt(ago(minutes=3), "locked"))

    assert await login_walk.answer("yes") == ["utter_cause_account_unlocked"]
    assert login_walk.asked() == "utter_step_sign_in_once_more"
