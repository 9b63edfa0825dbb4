"""After a fix the wallet is asked, whatever the user says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.dialogue.answers import REPORTED_AGAIN
from actions.dialogue.outcome import Outcome
from tests.fakes.accounts import NOW, ago, attempt, card, limits, login_state, paid, payment, yuan
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause

TRIED = NOW + timedelta(seconds=90)


@pytest.fixture
async def fixing(payment_walk: Walk, wallet: FakeWallet) -> Walk:
    """A payment with an expired card, confirmed: the user was told to update the card."""
    wallet.paid, wallet.bound = [payment(cause=Cause.CARD_EXPIRED)], [card()]
    await payment_walk.start()
    await payment_walk.answer("yes")
    return payment_walk


async def test_done_and_seen_is_solved_by_the_wallet(fixing: Walk, wallet: FakeWallet) -> None:
    wallet.paid.append(paid(created_at=TRIED))

    assert await fixing.answer("done") == ["utter_payment_seen"]
    assert (fixing.outcome, fixing.tried) == (Outcome.SOLVED_BY_WALLET, [("update_card", "solved")])


async def test_the_topic_named_once_more_after_it_went_through_is_solved_by_the_wallet(
    fixing: Walk, wallet: FakeWallet
) -> None:
    wallet.paid.append(paid(created_at=TRIED))

    assert await fixing.answer(REPORTED_AGAIN) == ["utter_payment_seen"]
    assert fixing.outcome is Outcome.SOLVED_BY_WALLET


async def test_the_topic_named_once_more_while_nothing_went_through_is_still_failing(fixing: Walk) -> None:
    await fixing.answer(REPORTED_AGAIN)

    assert (fixing.outcome, fixing.asked()) == (None, "utter_step_use_other_card")


async def test_done_and_unseen_is_asked_once_more(fixing: Walk) -> None:
    await fixing.answer("done")

    assert (fixing.outcome, fixing.asked()) == (None, "utter_payment_not_seen")


async def test_done_and_unseen_twice_takes_the_users_word_and_says_what_is_not_seen(fixing: Walk) -> None:
    assert (await fixing.answer("done", "done"))[-1] == "utter_payment_solved_unseen"
    assert (fixing.outcome, fixing.tried) == (Outcome.SOLVED_BY_USER, [("update_card", "done")])


async def test_unseen_counts_anew_for_the_next_step(fixing: Walk) -> None:
    await fixing.answer("done", "failed", "done")

    assert (fixing.outcome, fixing.walkthrough.step, fixing.walkthrough.unseen) == (None, "use_other_card", 1)


@pytest.mark.parametrize("result", ["failed", "no"])
async def test_still_failing_leads_to_the_next_step(fixing: Walk, result: str) -> None:
    await fixing.answer(result)

    assert (fixing.asked(), fixing.tried) == ("utter_step_use_other_card", [("update_card", "failed")])


async def test_still_failing_after_the_last_step_is_exhausted(fixing: Walk) -> None:
    await fixing.answer("failed", "failed")

    assert (fixing.outcome, len(fixing.tried)) == (Outcome.EXHAUSTED, 2)


async def test_a_further_failure_for_the_same_reason_is_said_and_the_next_step_follows(
    fixing: Walk, wallet: FakeWallet
) -> None:
    wallet.paid.append(payment("pay_2", cause=Cause.CARD_EXPIRED, created_at=TRIED))

    assert await fixing.answer("done") == ["utter_payment_failed_again"]
    assert fixing.asked() == "utter_step_use_other_card"


@pytest.mark.parametrize("result", ["done", "failed"])
async def test_a_further_failure_for_another_reason_is_walked_by_that(
    fixing: Walk, wallet: FakeWallet, result: str
) -> None:
    wallet.paid.append(payment("pay_2", cause=Cause.INSUFFICIENT_FUNDS, created_at=TRIED))

    assert await fixing.answer(result) == ["utter_payment_found", "utter_cause_insufficient_funds"]
    assert (fixing.asked(), fixing.tried) == ("utter_step_fund_card", [("update_card", "other_cause")])


async def test_a_further_failure_for_a_reason_without_a_fix_is_for_people(fixing: Walk, wallet: FakeWallet) -> None:
    wallet.paid.append(payment("pay_2", cause=Cause.CARD_FROZEN, created_at=TRIED))
    await fixing.answer("done")

    assert fixing.outcome is Outcome.FOR_PEOPLE


async def test_a_further_failure_is_told_once(fixing: Walk, wallet: FakeWallet) -> None:
    wallet.paid.append(payment("pay_2", cause=Cause.INSUFFICIENT_FUNDS, created_at=TRIED))
    await fixing.answer("failed")

    assert await fixing.answer("failed") == []
    assert fixing.outcome is Outcome.EXHAUSTED


@pytest.mark.parametrize("before", [ago(hours=1), ago(minutes=1)])
async def test_what_went_through_before_the_user_told_of_it_solves_nothing(
    fixing: Walk, wallet: FakeWallet, before: datetime
) -> None:
    wallet.paid.append(paid("pay_coffee", amount=yuan("5"), merchant="咖啡", created_at=before))
    await fixing.answer("done")

    assert (fixing.outcome, fixing.asked()) == (None, "utter_payment_not_seen")


async def test_what_failed_before_the_user_told_of_it_is_no_further_failure(
    payment_walk: Walk, wallet: FakeWallet
) -> None:
    named = payment("named", amount=yuan("88"), cause=Cause.CARD_EXPIRED, created_at=ago(days=3))
    newer = [payment(f"pay_{hours}", cause=Cause.WRONG_PIN, created_at=ago(hours=hours)) for hours in (1, 2, 3)]
    wallet.paid = [*newer, named]
    await payment_walk.start(amount="88")
    await payment_walk.answer("yes")

    assert "utter_cause_wrong_pin" not in await payment_walk.answer("failed")
    assert payment_walk.walkthrough.step == "use_other_card"


async def test_a_wallet_that_went_away_leaves_the_users_word(fixing: Walk, wallet: FakeWallet) -> None:
    wallet.is_away = True

    assert await fixing.answer("done") == ["utter_cannot_look", "utter_solved_unchecked"]
    assert fixing.outcome is Outcome.SOLVED_BY_USER


async def test_a_guest_is_believed_without_looking(guest_walk: Walk) -> None:
    await guest_walk.start()

    assert await guest_walk.answer("failed", "done") == ["utter_solved_unchecked"]
    assert guest_walk.outcome is Outcome.SOLVED_BY_USER
    assert guest_walk.tried == [("check_card_balance", "failed"), ("check_card_details", "done")]


async def test_a_guest_for_whom_nothing_helps_goes_to_a_person(guest_walk: Walk) -> None:
    await guest_walk.start()
    await guest_walk.answer("failed", "failed", "failed")

    assert guest_walk.outcome is Outcome.EXHAUSTED


async def test_a_raised_limit_is_seen_before_the_payment_is_tried_again(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(cause=Cause.OVER_DAILY_LIMIT)]
    await payment_walk.start()
    await payment_walk.answer("yes")
    wallet.allowed = limits(per_day=yuan("30000"))

    assert await payment_walk.answer("done") == ["utter_payment_limit_raised"]
    assert payment_walk.outcome is None


async def test_a_sign_in_that_worked_since_is_seen(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_password"))
    await login_walk.start()
    await login_walk.answer("yes")
    wallet.state = login_state(attempt(TRIED), attempt(ago(minutes=3), "wrong_password"))

    assert await login_walk.answer("done") == ["utter_login_seen"]
    assert login_walk.outcome is Outcome.SOLVED_BY_WALLET


async def test_a_further_wrong_password_is_said(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_password"))
    await login_walk.start()
    await login_walk.answer("yes")
    wallet.state = login_state(attempt(TRIED, "wrong_password"), failures=2)

    assert await login_walk.answer("done") == ["utter_login_failed_again"]
    assert login_walk.outcome is Outcome.EXHAUSTED


async def test_after_a_wrong_code_the_newest_one_comes_before_a_recovery_code(
    login_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_code"))

    assert await login_walk.start() == ["utter_cause_wrong_code"]
    assert login_walk.asked() == "utter_step_use_newest_code"

    wallet.state = login_state(attempt(TRIED, "wrong_code"), attempt(ago(minutes=3), "wrong_code"))
    assert await login_walk.answer("done") == ["utter_login_failed_again"]
    assert login_walk.asked() == "utter_step_use_recovery_code"


async def test_an_account_that_got_locked_meanwhile_is_walked_by_that(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "wrong_password"))
    await login_walk.start()
    await login_walk.answer("yes")
    wallet.state = login_state(attempt(TRIED, "locked"), locked_until=NOW + timedelta(hours=1))

    assert await login_walk.answer("failed") == ["utter_cause_account_locked"]
    assert login_walk.asked() == "utter_step_send_reset_link"


async def test_a_failure_after_an_unrelated_success_tells_how_it_stands(fixing: Walk, wallet: FakeWallet) -> None:
    coffee = paid("pay_coffee", amount=yuan("5"), created_at=TRIED)
    again = payment("pay_again", cause=Cause.CARD_EXPIRED, created_at=TRIED + timedelta(seconds=20))
    wallet.paid = [again, coffee, *wallet.paid]

    assert await fixing.answer("done") == ["utter_payment_failed_again"]
    assert fixing.outcome is None
