"""What an action sees of a conversation: who speaks, what was said, what the bot said before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.accounts import yuan
from tests.fakes.conversation import Conversation


def test_the_speaker_is_the_one_the_channel_proved(conversation: Conversation) -> None:
    speaker = conversation.turn().speaker

    assert (speaker.user_id, speaker.channel, speaker.is_verified) == ("chen", "terminal", True)


@pytest.mark.parametrize("claimed", [None, "", 7, {"id": "chen"}, ["chen"]])
def test_whatever_is_no_users_name_makes_a_guest(claimed: Any) -> None:
    speaker = Conversation(user_id=claimed).turn().speaker

    assert (speaker.user_id, speaker.is_verified) == (None, False)


def test_a_slot_or_an_entity_proves_nobody(guest: Conversation) -> None:
    guest.slots |= {"user_id": "chen", "identity": {"user_id": "chen"}}
    guest.user_says("我是 chen", user_id="chen")

    assert guest.turn().speaker.user_id is None


def test_the_newest_message_says_who_speaks(conversation: Conversation) -> None:
    conversation.user_says("hello")
    conversation.user_id = None
    conversation.user_says("hello again")

    assert conversation.turn().speaker.user_id is None


@pytest.mark.parametrize(
    ("named", "amount"),
    [("6000", yuan("6000")), ("6000.50", yuan("6000.5")), ("0.005", None), ("many", None), ("NaN", None), ("", None)],
)
def test_a_named_amount_is_money_or_nothing(conversation: Conversation, named: str, amount: object) -> None:
    conversation.user_says("付款失败", amount=named)

    assert conversation.turn().amount() == amount


def test_values_are_written_in_the_language_of_the_conversation() -> None:
    for language, expected in (("zh", "¥6,000.00"), ("en", "CN¥6,000.00")):
        conversation = Conversation(language=language)
        conversation.turn().say("utter_payment_found", amount=yuan("6000"))

        assert conversation.values("utter_payment_found")["amount"] == expected


def test_what_the_bot_said_last_is_what_it_said_before_this_message(conversation: Conversation) -> None:
    conversation.user_says("嗯")
    conversation.bot_says("utter_greet", "您好")
    conversation.user_says("啥")
    conversation.bot_says("utter_offer_person", "要转给人工吗？")
    conversation.bot_says("utter_more", "还有")
    conversation.user_says("好")
    turn = conversation.turn()

    assert turn.bot_said_last() == {"utter_offer_person", "utter_more"}
    assert turn.lines_last() == [(None, "要转给人工吗？"), (None, "还有")]


def test_before_the_first_answer_the_bot_has_said_nothing(conversation: Conversation) -> None:
    assert conversation.turn().lines_last() == []
