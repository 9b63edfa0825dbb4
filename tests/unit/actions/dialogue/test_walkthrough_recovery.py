"""A wallet that was away at first is asked again at each answer."""

from __future__ import annotations

import pytest

from actions.dialogue.outcome import Outcome
from actions.dialogue.walkthrough import Source
from tests.fakes.accounts import payment
from tests.fakes.conversation import Conversation
from tests.fakes.walk import Walk
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause


@pytest.fixture
async def away(payment_walk: Walk, wallet: FakeWallet) -> Walk:
    """A walkthrough by the checklist, since the wallet does not answer."""
    wallet.is_away = True
    await payment_walk.start()
    return payment_walk


async def test_the_checklist_goes_on_while_the_wallet_is_away(away: Walk) -> None:
    await away.answer("failed")

    assert (away.asked(), away.walkthrough.source) == ("utter_step_check_card_details", Source.AWAY)


async def test_a_wallet_that_is_back_shows_what_it_knows(away: Walk, wallet: FakeWallet) -> None:
    await away.answer("failed")
    wallet.is_away, wallet.paid = False, [payment(cause=Cause.WRONG_PIN)]

    assert await away.answer("failed") == ["utter_wallet_back", "utter_payment_found", "utter_cause_wrong_pin"]
    assert (away.walkthrough.source, away.walkthrough.confirming) == (Source.ACCOUNT, True)
    assert away.tried == [("check_card_balance", "failed")]


async def test_a_wallet_that_is_back_and_shows_nothing_leaves_the_checklist_going(
    away: Walk, wallet: FakeWallet
) -> None:
    wallet.is_away = False

    assert await away.answer("failed") == []
    assert away.asked() == "utter_step_check_card_details"


async def test_a_cause_for_people_that_shows_when_the_wallet_is_back_is_asked_about_first(
    away: Walk, wallet: FakeWallet
) -> None:
    wallet.is_away, wallet.paid = False, [payment(cause=Cause.ACCOUNT_FROZEN)]
    await away.answer("failed")

    assert away.outcome is None
    await away.answer("yes")
    assert away.outcome is Outcome.FOR_PEOPLE


async def test_the_checklist_at_its_end_goes_to_a_person_with_all_that_was_tried(away: Walk) -> None:
    await away.answer("failed", "failed", "failed")

    assert (away.outcome, len(away.tried)) == (Outcome.EXHAUSTED, 3)


async def test_repeating_the_cause_says_which_payment_and_why(
    payment_walk: Walk, wallet: FakeWallet, conversation: Conversation
) -> None:
    wallet.paid = [payment(cause=Cause.WRONG_PIN)]
    said = list(await payment_walk.start())
    conversation.forget_answers()
    payment_walk.repeat()

    assert conversation.said == said
