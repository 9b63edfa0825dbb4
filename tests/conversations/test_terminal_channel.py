"""The terminal's channel with what no honest user sends: it answers all of it and serves on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.error import URLError

import jwt
import pytest

from bot.channels.identity import make_user_token
from tests.conversations.player import fresh_user, open_conversation
from tests.conversations.visitors import assert_refused
from tests.stack.processes import Stack
from tests.stack.terminal import TerminalConversation
from tests.stack.web import call

pytestmark = pytest.mark.conversation

_TRIES = 3
GREETING = {"zh": "你好", "en": "hello"}
LETTER = {"zh": "付", "en": "a"}
SIGN_IN_FAILS = {"zh": "登录不了", "en": "I can't log in"}


@pytest.fixture
def guest(stack: Stack) -> TerminalConversation:
    return open_conversation(stack, None)


@pytest.mark.parametrize(
    "body", [{"text": ""}, {"text": "  \n"}, {"text": None}, {"text": 5}, {}, {"choice": 1}, [], 1]
)
def test_a_message_without_a_text_is_refused(guest: TerminalConversation, body: object) -> None:
    assert_refused(guest.send(body), 400, "invalid_request")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"text": "x"', b"[" * 2000])
def test_a_body_that_is_no_json_is_refused(guest: TerminalConversation, body: bytes) -> None:
    assert_refused(guest.send(body), 400, "invalid_request")


def test_the_longest_message_is_answered_and_a_longer_one_refused(guest: TerminalConversation, language: str) -> None:
    assert guest.say(LETTER[language] * 2000).texts
    assert_refused(guest.send({"text": LETTER[language] * 2001}), 413, "body_too_large")


def test_a_million_characters_are_refused(guest: TerminalConversation, language: str) -> None:
    body = json.dumps({"text": LETTER[language] * 1_000_000}, ensure_ascii=False).encode()
    assert _refused_while_sending(lambda: guest.send(body).status) == 413
    assert guest.say(GREETING[language]).texts


def _refused_while_sending(send: Callable[[], int]) -> int:
    """The status. A server that refuses before it has read all may cut the line before its answer is read."""
    for _ in range(_TRIES - 1):
        with suppress(URLError, ConnectionError):
            return send()
    return send()


@pytest.mark.parametrize("text", ["😀", "👍👍👍", "🤷‍♀️", "\u200b", "a\x00b", "\ud83d"])
def test_signs_that_are_no_words_are_answered(guest: TerminalConversation, text: str) -> None:
    assert guest.say(text).texts


def test_no_session_token_is_refused(stack: Stack) -> None:
    assert_refused(
        call("POST", f"{stack.url('bot')}/webhooks/terminal/messages", {"text": "x"}), 401, "unauthenticated"
    )


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])
def test_a_token_that_is_none_is_refused(guest: TerminalConversation, token: str) -> None:
    assert_refused(guest.send({"text": "x"}, token=token), 401, "unauthenticated")


def test_a_session_token_of_another_secret_is_refused(guest: TerminalConversation) -> None:
    claims = jwt.decode(guest.token, options={"verify_signature": False})
    assert_refused(guest.send({"text": "x"}, token=jwt.encode(claims, "x" * 48)), 401, "unauthenticated")


def test_an_expired_session_token_is_refused(stack: Stack, guest: TerminalConversation) -> None:
    claims = jwt.decode(guest.token, options={"verify_signature": False})
    expired = {**claims, "exp": int(time.time()) - 60}
    token = jwt.encode(expired, stack.settings["HOTLINE_SESSION_SECRET"])
    assert_refused(guest.send({"text": "x"}, token=token), 401, "unauthenticated")


def test_a_user_token_opens_no_conversation_by_itself(stack: Stack, guest: TerminalConversation) -> None:
    token = make_user_token("chen", stack.settings["HOTLINE_USER_TOKEN_SECRET"])
    assert_refused(guest.send({"text": "x"}, token=token), 401, "unauthenticated")


def test_a_forged_user_token_opens_no_session(stack: Stack) -> None:
    body = {"user_token": make_user_token("chen", "x" * 48)}
    assert_refused(call("POST", f"{stack.url('bot')}/webhooks/terminal/sessions", body), 401, "unauthenticated")


def test_a_button_of_another_conversation_is_refused(stack: Stack, guest: TerminalConversation) -> None:
    other = open_conversation(stack, None)
    other.say(SIGN_IN_FAILS["en"])
    assert_refused(guest.send({"choice": other.button(1).token}), 403, "forbidden")


@pytest.mark.parametrize("choice", ["", "/request_human", "a.b.c"])
def test_a_choice_that_this_server_did_not_make_is_refused(guest: TerminalConversation, choice: str) -> None:
    assert_refused(guest.send({"choice": choice}), 403, "forbidden")


def test_a_session_token_is_no_button(guest: TerminalConversation) -> None:
    assert_refused(guest.send({"choice": guest.token}), 403, "forbidden")


def test_two_messages_at_once_are_both_answered(stack: Stack, language: str) -> None:
    conversation = open_conversation(stack, fresh_user(stack, "li"))
    texts = [GREETING[language], SIGN_IN_FAILS[language]]
    with ThreadPoolExecutor(len(texts)) as pool:
        answers = list(pool.map(lambda text: conversation.send({"text": text}), texts))
    assert all(answer.expect(200)["messages"] for answer in answers)
