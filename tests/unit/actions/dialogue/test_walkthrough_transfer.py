"""The walkthrough of a transfer or withdrawal that did not arrive."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.dialogue.outcome import Outcome
from actions.topics.transfer import TransferFailure
from tests.fakes.accounts import NOW, ago, card, limits, transfer, withdrawal, yuan
from tests.fakes.conversation import Conversation
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause
from wallet.contract.payloads import MovementStatus

TRIED = NOW + timedelta(seconds=90)
DUE = NOW + timedelta(hours=3)


async def test_a_wrong_recipient_is_told_asked_about_and_seen_mended(transfer_walk: Walk, wallet: FakeWallet) -> None:
    wallet.sent = [transfer()]

    assert await transfer_walk.start() == ["utter_transfer_found", "utter_cause_recipient_not_found"]
    assert transfer_walk.asked() == "utter_step_confirm_transfer"
    await transfer_walk.answer("yes")
    assert transfer_walk.asked() == "utter_step_correct_recipient"

    wallet.sent += [transfer("trf_9", status=MovementStatus.SUCCEEDED, cause=None, created_at=TRIED)]
    assert await transfer_walk.answer("done") == ["utter_transfer_seen"]
    assert transfer_walk.outcome is Outcome.SOLVED_BY_WALLET


async def test_a_withdrawal_is_called_one(transfer_walk: Walk, wallet: FakeWallet) -> None:
    wallet.sent = [withdrawal(cause=Cause.CARD_EXPIRED)]

    assert await transfer_walk.start() == ["utter_withdrawal_found", "utter_cause_card_expired"]


async def test_the_recipient_that_is_named_is_the_one_that_is_told(
    wallet: FakeWallet, conversation: Conversation
) -> None:
    wallet.sent = [transfer(), transfer("trf_3", recipient_masked="139****0003", created_at=ago(days=1))]
    conversation.user_says("转给尾号0003的没到")

    findings = await TransferFailure().diagnose(conversation.turn(), wallet, "chen")
    assert [finding.subject for finding in findings] == ["trf_3", "trf_1"]


async def test_while_the_result_is_open_he_hears_not_to_send_it_again_and_until_when(
    transfer_walk: Walk, wallet: FakeWallet
) -> None:
    waiting = withdrawal(status=MovementStatus.PENDING, cause=None, result_expected_by=DUE)
    wallet.sent = [waiting]

    assert await transfer_walk.start() == ["utter_withdrawal_found_unsettled", "utter_cause_transfer_result_unknown"]
    await transfer_walk.answer("yes")
    assert transfer_walk.asked() == "utter_step_wait_for_transfer"
    wallet.sent += [transfer("trf_9", status=MovementStatus.SUCCEEDED, cause=None, created_at=TRIED)]
    assert await transfer_walk.answer("yes") == ["utter_wait_for_transfer_not_yet"]

    wallet.sent = [replace(waiting, status=MovementStatus.REVERSED)]
    assert await transfer_walk.answer("yes") == ["utter_withdrawal_found", "utter_cause_transfer_came_back"]
    assert transfer_walk.asked() == "utter_step_transfer_again"


async def test_a_result_that_came_is_seen(transfer_walk: Walk, wallet: FakeWallet) -> None:
    waiting = withdrawal(status=MovementStatus.UNKNOWN, cause=Cause.RESULT_UNKNOWN, result_expected_by=DUE)
    wallet.sent = [waiting]
    await transfer_walk.start()
    await transfer_walk.answer("yes")
    wallet.sent = [replace(waiting, status=MovementStatus.SUCCEEDED, cause=None)]

    assert await transfer_walk.answer("yes") == ["utter_transfer_seen"]


async def test_a_limit_that_was_raised_is_seen_before_the_new_try(transfer_walk: Walk, wallet: FakeWallet) -> None:
    wallet.sent = [transfer(cause=Cause.OVER_DAILY_LIMIT)]
    await transfer_walk.start()
    await transfer_walk.answer("yes")
    wallet.allowed = limits(per_day=yuan("20000"))

    assert await transfer_walk.answer("done") == ["utter_payment_limit_raised"]
    assert transfer_walk.asked() == "utter_transfer_not_seen"


async def test_one_look_asks_for_the_limits_once(transfer_walk: Walk, wallet: FakeWallet) -> None:
    wallet.sent = [transfer(cause=Cause.OVER_DAILY_LIMIT)]
    await transfer_walk.start()
    await transfer_walk.answer("yes")
    wallet.limits_asked = 0
    await transfer_walk.answer("done")

    assert wallet.limits_asked == 1


async def test_a_wallet_that_has_no_transfers_shows_none_and_one_that_has_no_such_user_says_so(
    transfer_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.has_transfers = False
    assert await transfer_walk.start() == ["utter_transfer_nothing_found"]

    wallet.user_id = "somebody else"
    assert await transfer_walk.start() == ["utter_transfer_nothing_found", "utter_transfer_unknown_user"]


async def test_a_frozen_account_goes_to_a_person(transfer_walk: Walk, wallet: FakeWallet) -> None:
    wallet.sent = [transfer(cause=Cause.ACCOUNT_FROZEN)]
    await transfer_walk.start()
    await transfer_walk.answer("yes")

    assert transfer_walk.outcome is Outcome.FOR_PEOPLE


async def test_a_cause_whose_words_do_not_fit_goes_to_a_person_and_survives_a_look(
    transfer_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.sent, wallet.bound = [transfer(cause=Cause.CARD_EXPIRED)], [card()]

    assert await transfer_walk.start() == ["utter_transfer_found", "utter_cause_transfer_unexplained"]
    assert await transfer_walk.answer("done") == ["utter_transfer_none_yet"]
    await transfer_walk.answer("yes")
    assert transfer_walk.outcome is Outcome.FOR_PEOPLE
