"""Writers of a messaging channel, for which the terminal stands: who they are is told by a confirmed link alone."""

from __future__ import annotations

import pytest

from tests.conversations.player import fresh_user, open_conversation
from tests.conversations.visitors import assert_refused
from tests.conversations.wording import link_number, says
from tests.stack.processes import Stack
from tests.stack.terminal import TerminalConversation
from tests.stack.wallet_app import WalletUser
from tests.stack.web import call

pytestmark = pytest.mark.conversation

PAYMENT_FAILED = {"zh": "付款失败了", "en": "my payment failed"}
HUMAN = {"zh": "人工", "en": "human"}
ID = "0b5c9f0e-93a1-4b1c-a8f6-2b0d4e6c7a11"


def asks_for_link(stack: Stack, writer: str, login: str, language: str) -> TerminalConversation:
    """A writer who has reported a failure and given a login."""
    conversation = open_conversation(stack, None, writer)
    assert says(conversation.say(PAYMENT_FAILED[language]).texts, "utter_step_give_login", language)
    assert says(conversation.say(login).texts, "utter_link_sent", language)
    return conversation


def test_no_byte_of_the_login_is_kept_by_the_bot(stack: Stack, chen: WalletUser, language: str) -> None:
    conversation = asks_for_link(stack, f"kept-{language}", chen.email, language)
    chen.confirm_channel_link(link_number(conversation.said_last()))
    assert says(conversation.choose(1).texts, "utter_link_confirmed", language)
    kept = [path for path in stack.folder.rglob("*") if path.is_file() and not path.name.startswith("wallet")]
    assert any(path.name == "conversations.sqlite" for path in kept)
    assert [path for path in kept if chen.email.encode() in path.read_bytes()] == []


def test_another_writer_is_not_known_by_it(stack: Stack, chen: WalletUser, language: str) -> None:
    conversation = asks_for_link(stack, f"owner-{language}", chen.email, language)
    other = asks_for_link(stack, f"other-{language}", "nobody-else@example.com", language)
    chen.confirm_channel_link(link_number(conversation.said_last()))
    assert says(other.choose(1).texts, "utter_link_not_yet", language)
    assert says(conversation.choose(1).texts, "utter_payment_found", language)


def test_whoever_has_an_account_and_whoever_has_none_hears_the_same(stack: Stack, chen: WalletUser) -> None:
    heard = []
    for writer, login in (("same-1", chen.email), ("same-2", "nobody-here@example.com")):
        conversation = open_conversation(stack, None, writer)
        conversation.say(PAYMENT_FAILED["en"])
        answer, later = conversation.say(login), conversation.choose(1)
        # The number alone differs.
        words = [[word for word in text.split() if not word.strip(";,.").isdigit()] for text in answer.texts]
        heard.append((words, [button.title for button in answer.buttons], later.texts))
    assert heard[0] == heard[1]


def test_the_conversation_is_his_at_the_desk(stack: Stack, language: str) -> None:
    user = fresh_user(stack, "li")
    conversation = asks_for_link(stack, f"desk-{language}", user.email, language)
    user.confirm_channel_link(link_number(conversation.said_last()))
    assert says(conversation.choose(1).texts, "utter_cause_card_expired", language)
    conversation.say(HUMAN[language])
    url = f"{stack.url('desk')}/v1/cases?user_id={user.user_id}"
    (case,) = call("GET", url, token=stack.settings["HOTLINE_DESK_TOKEN"]).expect(200)["items"]
    assert case["conversation_id"] == conversation.id
    assert [(step["step"], step["outcome"]) for step in case["steps"]] == [("give_login", "sent")]


@pytest.mark.parametrize("writer", ["", "a b", "名字", "x" * 65, 7, {}])
def test_a_writer_has_a_plain_name(stack: Stack, writer: object) -> None:
    answer = call("POST", f"{stack.url('bot')}/webhooks/terminal/sessions", {"writer": writer})
    assert_refused(answer, 400, "invalid_request")


def test_in_the_app_nobody_becomes_a_writer_by_saying_so(stack: Stack) -> None:
    widget = f"{stack.url('bot')}/webhooks/widget"
    token = call("POST", f"{widget}/sessions", {"writer": "w-1", "language": "en"}).expect(201)["session_token"]
    call("POST", f"{widget}/messages", {"id": ID, "text": PAYMENT_FAILED["en"]}, token).expect(202)
    said = call("GET", f"{widget}/messages", token=token).expect(200)["messages"]
    assert says([each["text"] for each in said], "utter_payment_guest", "en")
