"""The widget's sessions: whose a conversation is, and that nobody else reads or writes it."""

from __future__ import annotations

import time
import urllib.request
from typing import Any

import jwt
import pytest

from bot.channels.identity import make_user_token
from tests.conversations.visitors import (
    assert_refused,
    conversation_of,
    is_chinese,
    proof_of,
)
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import WebAnswer, call
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation


def sessions(stack: Stack, **body: Any) -> WebAnswer:
    return call("POST", f"{stack.url('bot')}/webhooks/widget/sessions", body)


def test_a_session_says_whose_conversation_it_is_and_how_long(stack: Stack, chen: WalletUser) -> None:
    opened = conversation_of(stack, chen).opened
    assert set(opened) == {"conversation_id", "session_token", "expires_at", "choices"}
    assert opened["conversation_id"].startswith("widget-")
    assert set(opened["choices"]) == {"zh", "en"}


def test_a_session_is_gone_on_with_by_its_own_speaker_alone(stack: Stack, chen: WalletUser) -> None:
    own, proof = conversation_of(stack, chen), proof_of(stack, chen)
    own.send("你好")
    again = WidgetConversation(stack.url("bot"), proof, session_token=own.token)
    assert (again.id, again.messages()) == (own.id, own.messages())
    assert_refused(sessions(stack, user_token=proof_of(stack, "li"), session_token=own.token), 404, "not_found")
    assert_refused(sessions(stack, session_token=own.token), 404, "not_found")


def test_a_guest_who_signs_in_begins_anew(stack: Stack, visitor: WidgetConversation, chen: WalletUser) -> None:
    assert_refused(sessions(stack, user_token=proof_of(stack, chen), session_token=visitor.token), 404, "not_found")


_FORGED = make_user_token("chen", "x" * 48)


# Named: the last one is another at each start, which workers that share the tests cannot have in a name.
@pytest.mark.parametrize("token", ["", "x", "a.b.c", 5, [], _FORGED], ids=["empty", "x", "abc", "5", "list", "forged"])
def test_a_token_that_proves_nobody_opens_no_session(stack: Stack, token: Any) -> None:
    assert_refused(sessions(stack, user_token=token), 401, "unauthenticated")
    assert_refused(sessions(stack, session_token=token), 401, "unauthenticated")


@pytest.mark.parametrize("unknown", ["fr", "", 1, []])
def test_a_language_that_is_not_spoken_is_refused(stack: Stack, unknown: Any) -> None:
    assert_refused(sessions(stack, language=unknown), 400, "invalid_request")


def test_a_conversation_begins_in_the_language_of_its_session(stack: Stack, language: str) -> None:
    opened = WidgetConversation(stack.url("bot"), language=language)
    (answer, *_) = opened.say("ok")
    assert is_chinese(answer["text"]) is (language == "zh")


@pytest.mark.parametrize("path", ["messages", "messages?after=0", "events"])
def test_nobody_reads_without_a_session(visitor: WidgetConversation, path: str) -> None:
    for token in ("", "x", visitor.opened["choices"]["zh"]["ask_fees"]):
        assert_refused(visitor.get(path, token), 401, "unauthenticated")


def test_an_expired_or_forged_session_reads_and_writes_nothing(stack: Stack, visitor: WidgetConversation) -> None:
    claims = jwt.decode(visitor.token, options={"verify_signature": False})
    secret = stack.settings["HOTLINE_SESSION_SECRET"]
    expired = jwt.encode({**claims, "exp": int(time.time()) - 60}, secret)
    for token in (expired, jwt.encode(claims, "x" * 48), jwt.encode(claims, secret, "HS512")):
        assert_refused(visitor.get("messages", token), 401, "unauthenticated")
        assert_refused(visitor.post({"id": new_id(), "text": "x"}, token), 401, "unauthenticated")


def test_another_s_conversation_is_not_there(stack: Stack, visitor: WidgetConversation) -> None:
    other = WidgetConversation(stack.url("bot"))
    other.send("你好")
    for path in ("messages", "events"):
        assert_refused(visitor.get(f"{path}?conversation_id={other.id}"), 404, "not_found")
    assert visitor.messages() == []


def test_the_proof_of_a_user_is_no_session(stack: Stack, visitor: WidgetConversation) -> None:
    assert_refused(visitor.post({"id": new_id(), "text": "x"}, proof_of(stack, "chen")), 401, "unauthenticated")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "９", "1 or 1=1"])
def test_a_seq_that_is_none_is_refused(visitor: WidgetConversation, after: str) -> None:
    assert_refused(visitor.get(f"messages?after={urllib.request.quote(after)}"), 400, "invalid_request")
