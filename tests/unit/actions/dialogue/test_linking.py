"""A writer of a messaging channel proves who he is, and the diagnosis goes on where it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.dialogue import slots
from actions.dialogue.answers import Answers
from actions.dialogue.linking import KNOWN_FOR, LOGIN_GIVEN, WITHOUT_ACCOUNT, look_whether_confirmed
from actions.dialogue.outcome import Outcome
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError
from actions.topics.fraud import Fraud
from actions.topics.payment import PaymentFailure
from tests.fakes.accounts import NOW, ago, payment, yuan
from tests.fakes.conversation import Conversation
from tests.fakes.wallet import FakeWallet
from wallet.contract.causes import Cause
from wallet.contract.channel_links import ChannelLinkState

WRITER, LOGIN = "writer-1", "13800000001"


@pytest.fixture
def stranger() -> Conversation:
    """Somebody whose channel knows that it is he, but not which user that is."""
    return Conversation(user_id=None, writer=WRITER)


class Line:
    """His walkthrough, answer by answer."""

    def __init__(self, conversation: Conversation, wallet: FakeWallet) -> None:
        self.conversation = conversation
        self.wallet = wallet
        self.now = NOW
        self.walkthrough: Walkthrough | None = None
        self.outcome: Outcome | None = None

    async def start(self, text: str = "付款失败了", **entities: str) -> list[str]:
        """Report the failure."""
        self.conversation.user_says(text, "payment_failure", **entities)
        self._keep(await PaymentFailure().start(self.conversation.turn(self.now), self.wallet))
        return self.conversation.said

    async def answer(self, result: str, login: str | None = None) -> list[str]:
        """Give an answer a minute later; what is said to it."""
        self.conversation.forget_answers()
        self.now += timedelta(minutes=1)
        self.conversation.user_says(typed_login=login)
        turn = self.conversation.turn(self.now)
        assert self.walkthrough
        walkthrough, self.outcome = await Answers(PaymentFailure(), turn, self.wallet).take(self.walkthrough, result)
        self.conversation.slots |= turn.changed
        self._keep(walkthrough)
        return self.conversation.said

    async def confirm_and_write(self) -> None:
        """Press the link's button; it is seen at the next message."""
        self.wallet.confirm_link()
        turn = self.conversation.turn(self.now)
        await look_whether_confirmed(turn, self.wallet)
        self.conversation.slots |= turn.changed

    def asked(self) -> str:
        """The question that is asked now."""
        assert self.walkthrough
        self.conversation.forget_answers()
        PaymentFailure().ask(self.conversation.turn(self.now), self.walkthrough)
        return self.conversation.said[-1]

    def _keep(self, walkthrough: Walkthrough) -> None:
        self.walkthrough = Walkthrough.from_slot(walkthrough.to_slot())


@pytest.fixture
def line(stranger: Conversation, wallet: FakeWallet) -> Line:
    wallet.paid = [payment(), payment("pay_2", amount=yuan("300"), cause=Cause.CARD_EXPIRED, created_at=ago(hours=5))]
    return Line(stranger, wallet)


async def test_before_the_account_is_looked_at_he_is_asked_for_his_login(line: Line) -> None:
    assert await line.start() == []
    assert line.asked() == "utter_step_give_login"
    assert line.conversation.payloads() == ["/deny", "/request_human"]


async def test_he_hears_the_number_and_how_long_the_link_lasts(line: Line) -> None:
    await line.start()
    line.now -= timedelta(minutes=1)
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_link_sent"]
    sent = line.conversation.values("utter_link_sent")
    assert (sent["number"], sent["minutes"], line.wallet.links_asked) == ("48", "15", [LOGIN])
    assert line.asked() == "utter_step_press_link"
    assert LOGIN not in str((line.conversation.slots, line.walkthrough))


async def test_once_he_has_confirmed_the_payment_he_named_at_first_is_told(line: Line) -> None:
    await line.start("付款 300 失败了", amount="300")
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    assert await line.answer("done") == ["utter_link_confirmed", "utter_payment_found", "utter_cause_card_expired"]
    assert line.conversation.values("utter_payment_found")["amount"] == "¥300.00"
    assert line.walkthrough and line.walkthrough.source is Source.ACCOUNT
    assert [(step.step, step.outcome) for step in line.walkthrough.tried] == [("give_login", "sent")]
    assert line.asked() == "utter_step_confirm_payment"


async def test_he_is_known_for_a_day_and_not_longer(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    await line.answer("done")
    confirmed = line.now
    assert line.conversation.turn(confirmed + KNOWN_FOR - timedelta(seconds=1)).speaker.user_id == "chen"
    assert line.conversation.turn(confirmed + KNOWN_FOR).speaker.user_id is None


async def test_whose_proof_has_ended_hears_no_more_of_the_account_until_he_proves_himself_again(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    await line.answer("done")
    line.now += KNOWN_FOR
    assert await line.answer("no") == []
    assert line.walkthrough and line.walkthrough.findings == ()
    assert line.asked() == "utter_step_give_login"
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_link_sent"]


async def test_whose_proof_has_ended_is_not_told_the_cause_once_more(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    await line.answer("done")
    assert line.walkthrough
    line.conversation.forget_answers()
    PaymentFailure().explain(line.conversation.turn(line.now + KNOWN_FOR), line.walkthrough)
    assert line.conversation.said == []


async def test_another_writer_or_another_channel_is_not_he(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    await line.answer("done")
    kept = line.conversation.slots[slots.CHANNEL_LINK]

    other = Conversation(user_id=None, writer="writer-2")
    elsewhere = Conversation(user_id=None, writer=WRITER)
    guest = Conversation(user_id=None)
    for conversation in (other, elsewhere, guest):
        conversation.slots[slots.CHANNEL_LINK] = kept
        conversation.user_says()
    elsewhere.events[-1]["input_channel"] = "wechat"
    assert [each.turn(line.now).speaker.user_id for each in (other, elsewhere, guest)] == [None, None, None]


@pytest.mark.parametrize("changes", [{"channel_user": "writer-2"}, {"channel": "wechat"}])
async def test_what_another_writer_has_confirmed_proves_nothing(line: Line, changes: dict[str, Any]) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link(**changes)
    assert await line.answer("done") == ["utter_link_expired"]
    assert line.conversation.turn(line.now).speaker.user_id is None
    assert line.asked() == "utter_step_give_login"


async def test_a_link_that_is_not_confirmed_yet_is_asked_about_again(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    assert await line.answer("done") == ["utter_link_not_yet"]
    assert line.asked() == "utter_step_press_link"


@pytest.mark.parametrize("state", [ChannelLinkState.EXPIRED, None])
async def test_of_a_link_that_has_ended_he_can_have_another(line: Line, state: ChannelLinkState | None) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    if state:
        line.wallet.confirm_link(state=state, user_id=None)
    else:
        line.wallet.link = None  # the wallet has removed it
    assert await line.answer("done") == ["utter_link_expired"]
    assert line.asked() == "utter_step_give_login"
    assert await line.answer(LOGIN_GIVEN, "chen@example.com") == ["utter_link_sent"]


async def test_an_hour_after_its_end_a_link_is_not_even_asked_about(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    line.now += timedelta(hours=1, minutes=15)
    assert await line.answer("done") == ["utter_link_expired"]


async def test_no_is_not_yet_to_the_question_whether_he_has_confirmed(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    assert await line.answer("no") == ["utter_link_not_yet"]
    assert line.asked() == "utter_step_press_link"


async def test_nothing_came_so_another_login_is_asked_for(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    assert await line.answer("failed") == []
    assert line.asked() == "utter_step_give_login"


async def test_whoever_does_not_want_to_goes_by_the_checklist(line: Line) -> None:
    await line.start()
    assert await line.answer("no") == ["utter_payment_guest"]
    assert line.asked() == "utter_step_check_card_balance"
    assert line.walkthrough and line.walkthrough.source is Source.GUEST


async def test_whoever_confirms_while_he_goes_by_the_checklist_gets_his_account_looked_at(line: Line) -> None:
    await line.start("付款 300 失败了", amount="300")
    await line.answer(LOGIN_GIVEN, LOGIN)
    await line.answer(WITHOUT_ACCOUNT)
    await line.confirm_and_write()
    assert await line.answer("failed") == ["utter_payment_found", "utter_cause_card_expired"]
    assert line.conversation.values("utter_payment_found")["amount"] == "¥300.00"
    assert line.asked() == "utter_step_confirm_payment"


async def test_whose_account_shows_nothing_goes_on_with_the_checklist(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    await line.answer(WITHOUT_ACCOUNT)
    line.wallet.paid = []
    await line.confirm_and_write()
    assert await line.answer("failed") == []
    assert line.asked() == "utter_step_check_card_details"


async def test_asked_for_too_often_he_may_try_again_in_a_while(line: Line) -> None:
    await line.start()
    line.wallet.refuses_links = 429
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_link_too_often"]
    assert line.asked() == "utter_step_give_login"


async def test_a_link_that_is_out_is_waited_for_when_another_is_asked_for_too_often(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.refuses_links = 429
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_link_too_often"]
    assert line.asked() == "utter_step_press_link"
    line.wallet.confirm_link()
    assert (await line.answer("done"))[0] == "utter_link_confirmed"


async def test_a_login_given_in_the_midst_of_the_checklist_is_taken(line: Line) -> None:
    await line.start("付款 300 失败了", amount="300")
    line.wallet.is_away = True
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_payment_away"]
    line.wallet.is_away = False
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_link_sent"]
    assert line.asked() == "utter_step_press_link"
    line.wallet.confirm_link()
    await line.answer("done")
    assert line.conversation.values("utter_payment_found")["amount"] == "¥300.00"


async def test_a_login_that_nobody_needs_is_sent_nowhere(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    await line.answer("done")
    assert (await line.answer(LOGIN_GIVEN, LOGIN), line.wallet.links_asked) == ([], [LOGIN])
    assert line.asked() == "utter_step_confirm_payment"


async def test_a_wallet_that_refuses_the_login_goes_by_the_checklist(line: Line) -> None:
    await line.start()
    line.wallet.refuses_links = 400
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_payment_guest"]


async def test_while_the_wallet_is_away_that_is_said(line: Line) -> None:
    await line.start()
    line.wallet.is_away = True
    assert await line.answer(LOGIN_GIVEN, LOGIN) == ["utter_payment_away"]


async def test_a_wallet_that_is_away_when_he_has_confirmed_is_asked_again(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    line.wallet.is_away = True
    assert await line.answer("done") == ["utter_cannot_look"]
    line.wallet.is_away = False
    assert (await line.answer("done"))[0] == "utter_link_confirmed"


async def test_an_answer_that_is_none_is_asked_again(line: Line) -> None:
    await line.start()
    assert await line.answer("done") == []
    assert line.asked() == "utter_step_give_login"


async def test_a_link_is_looked_at_before_any_message_and_said_once(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.confirm_link()
    turn = line.conversation.turn(line.now)
    line.conversation.forget_answers()
    assert await look_whether_confirmed(turn, line.wallet) is ChannelLinkState.CONFIRMED
    assert turn.speaker.user_id == "chen"
    await look_whether_confirmed(turn, line.wallet)
    assert line.conversation.said == ["utter_link_confirmed"]


async def test_a_dead_wallet_is_told_to_whoever_looks(line: Line) -> None:
    await line.start()
    await line.answer(LOGIN_GIVEN, LOGIN)
    line.wallet.is_away = True
    with pytest.raises(GatewayError):
        await look_whether_confirmed(line.conversation.turn(line.now), line.wallet)


async def test_fraud_goes_to_a_person_at_once(stranger: Conversation, wallet: FakeWallet) -> None:
    walkthrough = await Fraud().start(stranger.turn(), wallet)
    assert (walkthrough.linking, stranger.said) == (None, ["utter_fraud_guest"])


async def test_a_guest_of_the_app_is_not_asked(guest: Conversation, wallet: FakeWallet) -> None:
    walkthrough = await PaymentFailure().start(guest.turn(), wallet)
    assert (walkthrough.linking, guest.said) == (None, ["utter_payment_guest"])
