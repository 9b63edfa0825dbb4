"""How a walkthrough begins: by the account, or by the checklist and why."""

from __future__ import annotations

from datetime import timedelta

from actions.dialogue.walkthrough import Source
from tests.fakes.accounts import NOW, ago, attempt, channel, incident, login_state, payment, topup, unknown, yuan
from tests.fakes.conversation import Conversation
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause

CHECKLIST = ("check_card_balance", "check_card_details", "check_limits")


async def test_a_guest_goes_by_the_checklist_and_the_wallet_is_not_asked(guest_walk: Walk, wallet: FakeWallet) -> None:
    wallet.is_away = True  # asking it would show

    assert await guest_walk.start() == ["utter_payment_guest"]
    assert (guest_walk.walkthrough.source, guest_walk.walkthrough.steps) == (Source.GUEST, CHECKLIST)


async def test_a_wallet_that_is_away_is_said_and_the_checklist_walked(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.is_away = True

    assert await payment_walk.start() == ["utter_payment_away"]
    assert (payment_walk.walkthrough.source, payment_walk.walkthrough.steps) == (Source.AWAY, CHECKLIST)


async def test_a_user_the_wallet_does_not_know_is_told_so(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.user_id = "somebody else"

    assert await payment_walk.start() == ["utter_payment_unknown_user"]
    assert payment_walk.walkthrough.source is Source.UNKNOWN_USER


async def test_an_account_that_shows_nothing_goes_by_the_checklist(payment_walk: Walk) -> None:
    assert await payment_walk.start() == ["utter_payment_nothing_found"]
    assert payment_walk.asked() == "utter_step_check_card_balance"


async def test_a_payment_of_more_than_a_week_ago_is_not_looked_at(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(created_at=ago(days=7, minutes=1))]

    assert await payment_walk.start() == ["utter_payment_nothing_found"]


async def test_a_found_payment_is_told_with_its_cause_and_asked_about(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(cause=Cause.CARD_EXPIRED)]

    assert await payment_walk.start() == ["utter_payment_found", "utter_cause_card_expired"]
    assert payment_walk.walkthrough.confirming
    assert payment_walk.asked() == "utter_step_confirm_payment"


async def test_a_payment_without_a_result_is_not_called_failed(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [unknown()]

    assert await payment_walk.start() == ["utter_payment_found_unsettled", "utter_cause_result_unknown"]


async def test_the_payment_that_help_was_asked_with_is_not_asked_about(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment(), payment("pay_2", cause=Cause.CARD_EXPIRED, created_at=ago(days=1))]

    assert await payment_walk.start(transaction_id="pay_2") == ["utter_payment_found", "utter_cause_card_expired"]
    assert not payment_walk.walkthrough.confirming
    assert payment_walk.walkthrough.step


async def test_an_id_that_no_payment_has_changes_nothing(payment_walk: Walk, wallet: FakeWallet) -> None:
    wallet.paid = [payment()]
    await payment_walk.start(transaction_id="pay_77")

    assert payment_walk.walkthrough.confirming


async def test_the_named_amount_is_the_one_that_is_told(
    payment_walk: Walk, wallet: FakeWallet, conversation: Conversation
) -> None:
    wallet.paid = [payment(), payment("pay_2", amount=yuan("88"), created_at=ago(days=1))]
    await payment_walk.start(amount="88")

    assert conversation.values("utter_payment_found")["amount"] == "¥88.00"


async def test_a_topup_under_an_incident_of_the_named_channel_needs_no_confirmation(
    topup_walk: Walk, wallet: FakeWallet
) -> None:
    wallet.channels = [channel(incident=incident()), channel("apple_pay")]

    assert await topup_walk.start(topup_channel="bank_card_debit") == ["utter_cause_channel_down"]
    assert topup_walk.asked() == "utter_step_use_other_channel"


async def test_a_failed_topup_is_told_and_asked_about(topup_walk: Walk, wallet: FakeWallet) -> None:
    wallet.topped_up, wallet.channels = [topup(cause=Cause.INSUFFICIENT_FUNDS)], [channel()]

    assert await topup_walk.start() == ["utter_topup_found", "utter_cause_insufficient_funds"]
    assert topup_walk.asked() == "utter_step_confirm_topup"


async def test_a_locked_account_is_told_and_a_reset_offered(login_walk: Walk, wallet: FakeWallet) -> None:
    wallet.state = login_state(attempt(ago(minutes=3), "locked"), locked_until=NOW + timedelta(minutes=20))

    assert await login_walk.start() == ["utter_cause_account_locked"]
    assert login_walk.asked() == "utter_step_send_reset_link"


async def test_a_step_can_always_be_answered_with_a_person(
    payment_walk: Walk, wallet: FakeWallet, conversation: Conversation
) -> None:
    wallet.paid = [payment()]
    await payment_walk.start()
    payment_walk.asked()
    confirming = conversation.payloads()
    await payment_walk.answer("yes")
    payment_walk.asked()

    assert confirming == ["/affirm", "/deny", "/request_human"]
    assert conversation.payloads() == ["/step_done", "/step_failed", "/request_human"]
