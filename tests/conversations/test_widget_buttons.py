"""The widget's buttons: an answer belongs to its question, a topic may be about one payment."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.player import fresh_user
from tests.conversations.visitors import (
    assert_refused,
    buttons,
    conversation_of,
    declined_payment,
    is_chinese,
)
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation


def test_an_answer_is_good_for_its_own_question_alone(stack: Stack, chen: WalletUser) -> None:
    conversation = conversation_of(stack, chen, language="zh")
    old = buttons(conversation.say("付款失败了"))["是这笔"]
    assert old["answers"]
    conversation.say("充1000要手续费吗")
    assert_refused(conversation.tap(old["token"]), 409, "choice_outdated")
    new = buttons(conversation.messages())["是这笔"]
    assert conversation.tap(new["token"]).status == 202


def test_a_person_can_be_asked_for_by_an_old_button(stack: Stack, chen: WalletUser) -> None:
    conversation = conversation_of(stack, chen, language="zh")
    person = buttons(conversation.say("付款失败了"))["找人工"]
    conversation.say("充1000要手续费吗")
    assert not person["answers"]
    assert conversation.tap(person["token"]).status == 202


@pytest.mark.parametrize("choice", ["", "/request_human", "a.b.c"])
def test_a_choice_that_this_server_did_not_make_is_refused(visitor: WidgetConversation, choice: str) -> None:
    assert_refused(visitor.tap(choice), 403, "forbidden")


def test_a_choice_of_another_conversation_or_a_session_is_none(stack: Stack, visitor: WidgetConversation) -> None:
    other = WidgetConversation(stack.url("bot"))
    assert_refused(visitor.tap(other.opened["choices"]["zh"]["ask_fees"]), 403, "forbidden")
    assert_refused(visitor.tap(visitor.token), 403, "forbidden")
    assert_refused(visitor.post({"id": new_id(), "choice": 5}), 400, "invalid_request")


def test_a_conversation_opens_with_a_topic(visitor: WidgetConversation, language: str) -> None:
    for topic in visitor.opened["choices"][language]:
        assert visitor.open_with(topic, language), topic
    assert {is_chinese(message["text"]) for message in visitor.messages()} == {language == "zh"}


def test_help_with_a_payment_is_about_this_very_payment(stack: Stack, chen: WalletUser, language: str) -> None:
    failed = declined_payment(chen)
    conversation = conversation_of(stack, chen, language=language)
    answers = conversation.open_with("payment_failure", language, transaction=failed)
    assert "500.00" in answers[0]["text"]
    assert {"zh": "可以了", "en": "It works now"}[language] in buttons(answers)


def test_a_payment_of_another_user_tells_nothing(stack: Stack, chen: WalletUser) -> None:
    failed = declined_payment(chen)
    other = conversation_of(stack, fresh_user(stack, "wu"), language="en")
    told = "".join(answer["text"] for answer in other.open_with("payment_failure", "en", transaction=failed))
    assert "500" not in told
    assert "城市超市" not in told


@pytest.mark.parametrize("transaction", ["", "a b", "<script>", "x" * 65, "6222021234567890128", 5, {}])
def test_a_transaction_that_is_no_id_is_refused(visitor: WidgetConversation, transaction: Any) -> None:
    assert_refused(
        visitor.tap(visitor.opened["choices"]["zh"]["payment_failure"], transaction=transaction), 400, "invalid_request"
    )


def test_the_stars_of_a_rating_are_marked_as_such(visitor: WidgetConversation) -> None:
    visitor.open_with("login_failure", "en")
    *told, asked = visitor.say("it works now")
    assert (asked["asks"], len(asked["buttons"])) == ("rating", 5)
    assert {message["asks"] for message in told} == {None}
