"""The widget's channel: sessions, messages taken once, buttons of a question, the stream, what no honest user sends."""

from __future__ import annotations

import gzip
import json
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from typing import Any

import jwt
import pytest

from bot.channels.identity import make_user_token
from tests.conversations.player import fresh_user
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import WebAnswer, call
from tests.stack.widget import ServerEvent, WidgetConversation, new_id

pytestmark = pytest.mark.conversation

PAYMENT_FAILED = {"zh": "我付款失败了", "en": "my payment failed"}
LETTER = {"zh": "付", "en": "a"}


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def guest(stack: Stack) -> WidgetConversation:
    return WidgetConversation(stack.url("bot"))


@pytest.fixture
def chen(stack: Stack) -> WalletUser:
    return fresh_user(stack, "chen")


def proof_of(stack: Stack, user: WalletUser | str) -> str:
    """The host application's token of a user."""
    user_id = user if isinstance(user, str) else user.user_id
    return make_user_token(user_id, stack.settings["HOTLINE_USER_TOKEN_SECRET"])


def conversation_of(stack: Stack, user: WalletUser, **more: Any) -> WidgetConversation:
    return WidgetConversation(stack.url("bot"), proof_of(stack, user), **more)


def declined_payment(user: WalletUser) -> str:
    """The id of his newest one."""
    payments = user.as_user("GET", "/v1/payments")["items"]
    return str(next(payment["id"] for payment in payments if payment["status"] == "declined"))


def refused(answer: WebAnswer, status: int, code: str) -> None:
    assert (answer.status, answer.body["code"]) == (status, code)
    assert set(answer.body) == {"code", "message"}


def sessions(stack: Stack, **body: Any) -> WebAnswer:
    return call("POST", f"{stack.url('bot')}/webhooks/widget/sessions", body)


def is_chinese(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def buttons(messages: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The buttons of messages by their titles."""
    return {button["title"]: button for message in messages for button in message["buttons"]}


# Sessions


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
    refused(sessions(stack, user_token=proof_of(stack, "li"), session_token=own.token), 404, "not_found")
    refused(sessions(stack, session_token=own.token), 404, "not_found")


def test_a_guest_who_signs_in_begins_anew(stack: Stack, guest: WidgetConversation, chen: WalletUser) -> None:
    refused(sessions(stack, user_token=proof_of(stack, chen), session_token=guest.token), 404, "not_found")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", 5, [], make_user_token("chen", "x" * 48)])
def test_a_token_that_proves_nobody_opens_no_session(stack: Stack, token: Any) -> None:
    refused(sessions(stack, user_token=token), 401, "unauthenticated")
    refused(sessions(stack, session_token=token), 401, "unauthenticated")


@pytest.mark.parametrize("unknown", ["fr", "", 1, []])
def test_a_language_that_is_not_spoken_is_refused(stack: Stack, unknown: Any) -> None:
    refused(sessions(stack, language=unknown), 400, "invalid_request")


def test_a_conversation_begins_in_the_language_of_its_session(stack: Stack, language: str) -> None:
    opened = WidgetConversation(stack.url("bot"), language=language)
    (answer, *_) = opened.say("ok")
    assert is_chinese(answer["text"]) is (language == "zh")


# Messages


def test_a_message_is_answered_and_both_can_be_read(guest: WidgetConversation, language: str) -> None:
    message_id = new_id()
    seq = guest.send(PAYMENT_FAILED[language], message_id)
    question, *answers = guest.messages()
    assert (question["seq"], question["id"], question["author"]) == (seq, message_id, "user")
    assert question["text"] == PAYMENT_FAILED[language]
    assert answers
    assert {answer["author"] for answer in answers} == {"bot"}
    assert guest.messages(seq) == answers
    assert guest.messages(answers[-1]["seq"]) == []


def test_a_message_sent_again_is_answered_alike_and_taken_once(guest: WidgetConversation) -> None:
    message_id = new_id()
    seq = guest.send("付款失败", message_id)
    before = guest.messages()
    assert guest.send("付款失败", message_id) == seq
    assert guest.send("something else", message_id.upper()) == seq
    assert guest.messages() == before


def test_copies_that_come_at_once_are_taken_once(guest: WidgetConversation) -> None:
    message_id = new_id()
    with ThreadPoolExecutor(6) as pool:
        seqs = set(pool.map(lambda _: guest.send("付款失败", message_id), range(6)))
    assert len(seqs) == 1
    assert [message["author"] for message in guest.messages()].count("user") == 1


def test_messages_that_come_at_once_are_all_answered_in_some_order(guest: WidgetConversation) -> None:
    texts = [f"信用卡充值{amount}元手续费多少" for amount in range(1001, 1009)]
    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(guest.send, texts))
    messages = guest.messages()
    assert sorted(message["text"] for message in messages if message["author"] == "user") == texts
    assert [message["seq"] for message in messages] == sorted({message["seq"] for message in messages})


@pytest.mark.parametrize("body", [{"text": "x"}, {"id": None, "text": "x"}])
def test_a_message_without_an_id_is_refused(guest: WidgetConversation, body: dict[str, Any]) -> None:
    refused(guest.post(body), 400, "invalid_request")


@pytest.mark.parametrize("message_id", ["", "1", 5, [], "x" * 36, "../../etc"])
def test_an_id_that_is_no_uuid_is_refused(guest: WidgetConversation, message_id: Any) -> None:
    refused(guest.post({"id": message_id, "text": "x"}), 400, "invalid_request")


@pytest.mark.parametrize("text", ["", "  \n", None, 5, [], {}])
def test_a_message_without_a_text_is_refused(guest: WidgetConversation, text: Any) -> None:
    refused(guest.post({"id": new_id(), "text": text}), 400, "invalid_request")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"1", b'{"id": "', b"[" * 2000])
def test_a_body_that_is_no_object_is_refused(guest: WidgetConversation, body: bytes) -> None:
    refused(guest.post(body), 400, "invalid_request")


def test_the_longest_message_is_taken_and_a_longer_one_refused(guest: WidgetConversation, language: str) -> None:
    assert guest.say(LETTER[language] * 2000)
    refused(guest.post({"id": new_id(), "text": LETTER[language] * 2001}), 413, "body_too_large")
    refused(guest.post({"id": new_id(), "text": LETTER[language] * 100_000}), 413, "body_too_large")
    refused(guest.post(json.dumps({"text": "a" * 2_000_000}).encode()), 413, "body_too_large")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "/restart", '/rate_service{"stars": "5"}', "😀 \ud83d"])
def test_what_is_typed_stays_text(guest: WidgetConversation, text: str) -> None:
    answers = guest.say(text)
    (typed, *_) = guest.messages()
    assert typed["text"].replace("\uff0f", "/") == text
    assert answers


def test_a_session_may_not_send_without_end(guest: WidgetConversation) -> None:
    answers = [guest.post({"id": new_id()}) for _ in range(31)]
    assert [answer.status for answer in answers] == [400] * 30 + [429]
    refused(answers[-1], 429, "too_many_requests")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


# Whose conversation it is


@pytest.mark.parametrize("path", ["messages", "messages?after=0", "events"])
def test_nobody_reads_without_a_session(guest: WidgetConversation, path: str) -> None:
    for token in ("", "x", guest.opened["choices"]["zh"]["ask_fees"]):
        refused(guest.get(path, token), 401, "unauthenticated")


def test_an_expired_or_forged_session_reads_and_writes_nothing(stack: Stack, guest: WidgetConversation) -> None:
    claims = jwt.decode(guest.token, options={"verify_signature": False})
    secret = stack.settings["HOTLINE_SESSION_SECRET"]
    expired = jwt.encode({**claims, "exp": int(time.time()) - 60}, secret)
    for token in (expired, jwt.encode(claims, "x" * 48), jwt.encode(claims, secret, "HS512")):
        refused(guest.get("messages", token), 401, "unauthenticated")
        refused(guest.post({"id": new_id(), "text": "x"}, token), 401, "unauthenticated")


def test_another_s_conversation_is_not_there(stack: Stack, guest: WidgetConversation) -> None:
    other = WidgetConversation(stack.url("bot"))
    other.send("你好")
    for path in ("messages", "events"):
        refused(guest.get(f"{path}?conversation_id={other.id}"), 404, "not_found")
    assert guest.messages() == []


def test_the_proof_of_a_user_is_no_session(stack: Stack, guest: WidgetConversation) -> None:
    refused(guest.post({"id": new_id(), "text": "x"}, proof_of(stack, "chen")), 401, "unauthenticated")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "９", "1 or 1=1"])
def test_a_seq_that_is_none_is_refused(guest: WidgetConversation, after: str) -> None:
    refused(guest.get(f"messages?after={urllib.request.quote(after)}"), 400, "invalid_request")


# Buttons


def test_an_answer_is_good_for_its_own_question_alone(stack: Stack, chen: WalletUser) -> None:
    conversation = conversation_of(stack, chen, language="zh")
    old = buttons(conversation.say("付款失败了"))["是这笔"]
    assert old["answers"]
    conversation.say("充1000要手续费吗")
    refused(conversation.tap(old["token"]), 409, "choice_outdated")
    new = buttons(conversation.messages())["是这笔"]
    assert conversation.tap(new["token"]).status == 202


def test_a_person_can_be_asked_for_by_an_old_button(stack: Stack, chen: WalletUser) -> None:
    conversation = conversation_of(stack, chen, language="zh")
    person = buttons(conversation.say("付款失败了"))["找人工"]
    conversation.say("充1000要手续费吗")
    assert not person["answers"]
    assert conversation.tap(person["token"]).status == 202


@pytest.mark.parametrize("choice", ["", "/request_human", "a.b.c"])
def test_a_choice_that_this_server_did_not_make_is_refused(guest: WidgetConversation, choice: str) -> None:
    refused(guest.tap(choice), 403, "forbidden")


def test_a_choice_of_another_conversation_or_a_session_is_none(stack: Stack, guest: WidgetConversation) -> None:
    other = WidgetConversation(stack.url("bot"))
    refused(guest.tap(other.opened["choices"]["zh"]["ask_fees"]), 403, "forbidden")
    refused(guest.tap(guest.token), 403, "forbidden")
    refused(guest.post({"id": new_id(), "choice": 5}), 400, "invalid_request")


def test_a_conversation_opens_with_a_topic(guest: WidgetConversation, language: str) -> None:
    for topic in guest.opened["choices"][language]:
        assert guest.open_with(topic, language), topic
    assert {is_chinese(message["text"]) for message in guest.messages()} == {language == "zh"}


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
def test_a_transaction_that_is_no_id_is_refused(guest: WidgetConversation, transaction: Any) -> None:
    refused(
        guest.tap(guest.opened["choices"]["zh"]["payment_failure"], transaction=transaction), 400, "invalid_request"
    )


def test_the_stars_of_a_rating_are_marked_as_such(stack: Stack) -> None:
    conversation = conversation_of(stack, fresh_user(stack, "zhao"), language="en")
    conversation.say("my top-up failed")
    asked = [message for message in conversation.say("cancel") + conversation.say("rate you") if message["asks"]]
    assert all(len(message["buttons"]) == 5 for message in asked)


# The stream


def test_a_stream_brings_what_is_said_and_who_types(guest: WidgetConversation) -> None:
    with guest.stream() as events:
        assert next(events) == ServerEvent("state", {"handoff": None}, None)
        seq = guest.send("你好")
        until_still = list(takewhile(lambda event: event.data != {"author": "bot", "on": False}, events))
    assert until_still[0] == ServerEvent("typing", {"author": "bot", "on": True}, None)
    said = [event for event in until_still if event.kind == "message"]
    assert said[0].seq == seq
    assert [event.data for event in said] == guest.messages()


def test_a_stream_goes_on_after_the_last_event_that_was_seen(guest: WidgetConversation) -> None:
    seen = guest.send("你好")
    guest.send("谢谢")
    expected = guest.messages(seen)
    with guest.stream(after=seen) as events:
        assert [next(events).data for _ in expected] == expected


def test_all_streams_of_a_conversation_bring_the_same(guest: WidgetConversation) -> None:
    with guest.stream() as first, guest.stream() as second:
        next(first), next(second)
        seq = guest.send("你好")
        for events in (first, second):
            assert next(event.seq for event in events if event.kind == "message") == seq


def test_a_case_is_told_as_a_state(guest: WidgetConversation) -> None:
    with guest.stream() as events:
        next(events)
        guest.send("人工")
        assert next(event.data for event in events if event.kind == "state") == {"handoff": "case"}


def test_a_session_may_not_open_streams_without_end(guest: WidgetConversation) -> None:
    opened = [guest.stream() for _ in range(12)]
    for stream in opened:
        next(stream.__enter__())
    try:
        refused(guest.get("events"), 429, "too_many_requests")
    finally:
        for stream in opened:
            stream.__exit__(None, None, None)
    deadline = time.monotonic() + 30
    while guest_is_refused(guest):
        assert time.monotonic() < deadline


def guest_is_refused(guest: WidgetConversation) -> bool:
    """Whether no stream can be opened, after those that were open have been left."""
    try:
        with guest.stream() as events:
            return next(events) is None
    except AssertionError:
        time.sleep(0.2)
        return True


# The rest of the server


def preflight(stack: Stack, origin: str) -> dict[str, str]:
    url = f"{stack.url('bot')}/webhooks/widget/messages"
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    request = urllib.request.Request(url, headers=asked, method="OPTIONS")  # noqa: S310 - http of the stack
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return {name.lower(): value for name, value in answer.headers.items()}


def test_pages_of_the_wallet_may_use_it_and_others_may_not(stack: Stack) -> None:
    allowed = preflight(stack, stack.url("wallet"))
    assert allowed["access-control-allow-origin"] == stack.url("wallet")
    assert "authorization" in allowed["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in allowed
    like_it = (f"{stack.url('wallet')}.elsewhere.example", stack.url("wallet").replace("127.0", "127x0"))
    for origin in ("https://elsewhere.example", "null", *like_it):
        assert "access-control-allow-origin" not in preflight(stack, origin)


@pytest.mark.parametrize(
    "path",
    ["/conversations/x/tracker", "/model/parse", "/webhooks/rest/webhook", "/status", "/domain", "/nothing"],
)
def test_rasa_s_own_http_api_is_off(stack: Stack, path: str) -> None:
    for method in ("GET", "POST"):
        assert call(method, f"{stack.url('bot')}{path}", {} if method == "POST" else None).status in (404, 405)


def test_an_unknown_address_is_answered_with_a_code(stack: Stack) -> None:
    refused(call("GET", f"{stack.url('bot')}/nothing"), 404, "not_found")


def test_the_widget_is_served_with_its_words(stack: Stack) -> None:
    assert "wallet-hotline" in call("GET", f"{stack.url('bot')}/widget/widget.js").expect(200)
    assert call("GET", f"{stack.url('bot')}/widget/secrets.json").expect(200)


def test_a_file_of_the_widget_comes_compressed_and_is_sent_anew_only_if_it_has_changed(stack: Stack) -> None:
    url = f"{stack.url('bot')}/widget/widget.js"
    plain = call("GET", url)
    packed = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - http of the stack
    with urllib.request.urlopen(packed) as answer:  # noqa: S310
        assert gzip.decompress(answer.read()).decode() == plain.expect(200)
    assert call("GET", url, headers={"If-None-Match": plain.headers["ETag"]}).status == 304


@pytest.mark.parametrize(
    "path", ["../server.py", "%2e%2e/server.py", "README.md", "", "nothing.js", "..%2f..%2fpyproject.toml"]
)
def test_nothing_else_is_served(stack: Stack, path: str) -> None:
    assert call("GET", f"{stack.url('bot')}/widget/{path}").status == 404
