"""The widget's messages: taken once, answered, kept as text, refused where they are none."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conversations.visitors import (
    assert_refused,
)
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

PAYMENT_FAILED = {"zh": "我付款失败了", "en": "my payment failed"}
LETTER = {"zh": "付", "en": "a"}


def test_a_message_is_answered_and_both_can_be_read(visitor: WidgetConversation, language: str) -> None:
    message_id = new_id()
    seq = visitor.send(PAYMENT_FAILED[language], message_id)
    question, *answers = visitor.messages()
    assert (question["seq"], question["id"], question["author"]) == (seq, message_id, "user")
    assert question["text"] == PAYMENT_FAILED[language]
    assert answers
    assert {answer["author"] for answer in answers} == {"bot"}
    assert visitor.messages(seq) == answers
    assert visitor.messages(answers[-1]["seq"]) == []


def test_a_message_sent_again_is_answered_alike_and_taken_once(visitor: WidgetConversation) -> None:
    message_id = new_id()
    seq = visitor.send("付款失败", message_id)
    before = visitor.messages()
    assert visitor.send("付款失败", message_id) == seq
    assert visitor.send("something else", message_id.upper()) == seq
    assert visitor.messages() == before


def test_copies_that_come_at_once_are_taken_once(visitor: WidgetConversation) -> None:
    message_id = new_id()
    with ThreadPoolExecutor(6) as pool:
        seqs = set(pool.map(lambda _: visitor.send("付款失败", message_id), range(6)))
    assert len(seqs) == 1
    assert [message["author"] for message in visitor.messages()].count("user") == 1


def test_messages_that_come_at_once_are_all_answered_in_some_order(visitor: WidgetConversation) -> None:
    texts = [f"信用卡充值{amount}元手续费多少" for amount in range(1001, 1009)]
    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(visitor.send, texts))
    messages = visitor.messages()
    assert sorted(message["text"] for message in messages if message["author"] == "user") == texts
    assert [message["seq"] for message in messages] == sorted({message["seq"] for message in messages})


@pytest.mark.parametrize("body", [{"text": "x"}, {"id": None, "text": "x"}])
def test_a_message_without_an_id_is_refused(visitor: WidgetConversation, body: dict[str, Any]) -> None:
    assert_refused(visitor.post(body), 400, "invalid_request")


@pytest.mark.parametrize("message_id", ["", "1", 5, [], "x" * 36, "../../etc"])
def test_an_id_that_is_no_uuid_is_refused(visitor: WidgetConversation, message_id: Any) -> None:
    assert_refused(visitor.post({"id": message_id, "text": "x"}), 400, "invalid_request")


@pytest.mark.parametrize("text", ["", "  \n", None, 5, [], {}])
def test_a_message_without_a_text_is_refused(visitor: WidgetConversation, text: Any) -> None:
    assert_refused(visitor.post({"id": new_id(), "text": text}), 400, "invalid_request")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"1", b'{"id": "', b"[" * 2000])
def test_a_body_that_is_no_object_is_refused(visitor: WidgetConversation, body: bytes) -> None:
    assert_refused(visitor.post(body), 400, "invalid_request")


def test_the_longest_message_is_taken_and_a_longer_one_refused(visitor: WidgetConversation, language: str) -> None:
    assert visitor.say(LETTER[language] * 2000)
    assert_refused(visitor.post({"id": new_id(), "text": LETTER[language] * 2001}), 413, "body_too_large")
    assert_refused(visitor.post({"id": new_id(), "text": LETTER[language] * 100_000}), 413, "body_too_large")
    assert_refused(visitor.post(json.dumps({"text": "a" * 2_000_000}).encode()), 413, "body_too_large")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "/restart", '/rate_service{"stars": "5"}', "😀 \ud83d"])
def test_what_is_typed_stays_text(visitor: WidgetConversation, text: str) -> None:
    answers = visitor.say(text)
    (typed, *_) = visitor.messages()
    assert typed["text"].replace("\uff0f", "/") == text
    assert answers


def test_a_session_may_not_send_without_end(visitor: WidgetConversation) -> None:
    answers = [visitor.post({"id": new_id()}) for _ in range(31)]
    assert [answer.status for answer in answers] == [400] * 30 + [429]
    assert_refused(answers[-1], 429, "too_many_requests")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
