"""What is done about every message before it is answered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

import actions.topics.payment  # noqa: F401 - registers the walkthrough
from actions.dialogue import slots
from actions.dialogue.channel_link import KnownLink
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.settings import current_settings
from actions.topics.arrival import ActionReceiveMessage
from actions.topics.dialogue import ActionAnswerOutside
from actions.topics.troubleshooting import ActionAskStepResult, ValidateTroubleshootingForm
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.loopback import Loopback, answering
from tests.unit.actions.topics.conftest import Run
from wallet.contract.channel_links import ChannelLink, ChannelLinkState
from wallet.contract.encoding import to_json

WRITER = "writer-1"
# Far enough away, as an action has the clock of the machine.
LATER = NOW.replace(year=NOW.year + 50)


@pytest.fixture
def stranger() -> Conversation:
    """Somebody who was sent a link and writes again."""
    conversation = Conversation(user_id=None, writer=WRITER)
    conversation.slots[slots.CHANNEL_LINK] = KnownLink("link_1", "terminal", WRITER, LATER).to_slot()
    return conversation


@pytest.fixture
async def confirmed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A wallet that says of any link that chen has confirmed it."""
    link = ChannelLink("link_1", "terminal", WRITER, ChannelLinkState.CONFIRMED, "chen", LATER)
    async with Loopback(answering(200, json.dumps(to_json(link)))) as server:
        monkeypatch.setenv("HOTLINE_WALLET_URL", server.url)
        current_settings.cache_clear()
        yield


async def test_a_writer_who_has_confirmed_is_known_before_he_is_answered(
    run: Run, stranger: Conversation, confirmed: None
) -> None:
    stranger.user_says("手续费多少", intent="ask_fees")
    await run(ActionReceiveMessage(), stranger)

    assert stranger.said == ["utter_link_confirmed"]
    assert stranger.turn().speaker.user_id == "chen"
    assert stranger.slots[slots.CHANNEL_LINK]["user_id"] == "chen"


async def test_while_a_person_serves_nothing_is_said_of_it(run: Run, stranger: Conversation, confirmed: None) -> None:
    stranger.is_paused = True
    stranger.user_says("好了", intent="step_done")

    assert await run(ActionReceiveMessage(), stranger) == []
    assert stranger.said == []


async def test_while_the_wallet_is_away_the_message_is_answered_all_the_same(run: Run, stranger: Conversation) -> None:
    stranger.user_says("好了", intent="step_done")

    assert await run(ActionReceiveMessage(), stranger) == []
    assert stranger.said == []


async def test_an_address_that_nobody_asked_for_is_no_answer(run: Run, stranger: Conversation) -> None:
    stranger.user_says("138****0001", intent="affirm", typed_login="13800000001", login="138****0001")
    await run(ActionAnswerOutside(), stranger)

    assert stranger.said == ["utter_what_fails"]


async def test_of_one_who_is_known_an_address_is_no_answer_to_another_step(stranger: Conversation) -> None:
    asked = Walkthrough("payment_failure", NOW, Source.NOTHING_FOUND, steps=("check_card_balance",))
    known = KnownLink("link_1", "terminal", WRITER, LATER, user_id="chen", known_until=LATER)
    stranger.slots[slots.CHANNEL_LINK] = known.to_slot()
    stranger.slots[slots.WALKTHROUGH] = asked.to_slot()
    stranger.user_says("138****0001", intent="affirm", typed_login="13800000001", login="138****0001")
    form = ValidateTroubleshootingForm()
    set_slots = await form.validate_step_result("yes", stranger.dispatcher, stranger.tracker, {})

    assert (set_slots[slots.STEP_RESULT], stranger.said) == (None, [])
    assert set_slots[slots.WALKTHROUGH] == asked.to_slot()


async def test_the_form_keeps_the_link_that_was_asked_for_but_not_the_login(
    stranger: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = {"id": "link_2", "number": "42", "expires_at": to_json(LATER)}
    async with Loopback(answering(202, json.dumps(answer))) as server:
        monkeypatch.setenv("HOTLINE_WALLET_URL", server.url)
        current_settings.cache_clear()
        stranger.slots[slots.WALKTHROUGH] = Walkthrough(
            "payment_failure", NOW, Source.GUEST, linking="give_login"
        ).to_slot()
        stranger.user_says("138****0001", intent="affirm", typed_login="13800000001", login="138****0001")
        form = ValidateTroubleshootingForm()
        set_slots = await form.validate_step_result("yes", stranger.dispatcher, stranger.tracker, {})

    assert set_slots[slots.CHANNEL_LINK]["id"] == "link_2"
    assert set_slots[slots.WALKTHROUGH]["linking"] == "press_link"
    assert "13800000001" not in str(set_slots)


async def test_who_is_known_by_now_is_not_asked_to_confirm(run: Run, stranger: Conversation) -> None:
    """The wallet of this test is away, so that what comes of the diagnosis is the checklist."""
    known = KnownLink("link_1", "terminal", WRITER, LATER, "chen", LATER)
    stranger.slots[slots.CHANNEL_LINK] = known.to_slot()
    waiting = Walkthrough("payment_failure", NOW, Source.GUEST, linking="press_link")
    stranger.slots[slots.WALKTHROUGH] = waiting.to_slot()
    stranger.user_says("手续费多少", intent="ask_fees")
    await run(ActionAskStepResult(), stranger)

    assert stranger.said == ["utter_payment_away", "utter_step_check_card_balance"]
    assert stranger.slots[slots.WALKTHROUGH]["linking"] is None
