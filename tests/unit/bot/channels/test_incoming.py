"""What a channel lets in: text without commands and secrets, buttons of this server, nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.buttons import Choice, make_button_token
from bot.channels.errors import ChannelError
from bot.channels.identity import Session
from bot.channels.incoming import LONGEST_TEXT, Incoming, read_message

SECRET = "s" * 48
SESSION = Session("widget-1", "chen")
ID = "0b5c9f0e-93a1-4b1c-a8f6-2b0d4e6c7a11"
YES = Choice("是这笔", "affirm", {}, 7)
HELP = Choice("付款失败", "payment_failure", {"language": "zh"})


def read(**body: Any) -> Incoming:
    return read_message({"id": ID, **body}, SESSION, SECRET)


def tapped(choice: Choice, **more: Any) -> Incoming:
    return read(choice=make_button_token(choice, SESSION.conversation_id, SECRET), **more)


def refusal(**body: Any) -> tuple[int, str]:
    with pytest.raises(ChannelError) as error:
        read(**body)
    return error.value.status, error.value.code


def test_a_text_comes_in_under_its_sender_s_id() -> None:
    assert read(text=" 付款失败 ") == Incoming(ID, "付款失败")
    assert read(text="x", id=ID.upper()).message_id == ID


def test_a_message_without_an_id_gets_one() -> None:
    first, second = (read(text="x", id=None).message_id for _ in range(2))
    assert UUID(first) != UUID(second)


def test_a_command_becomes_text() -> None:
    assert read(text=" /restart").text == "\uff0frestart"


def test_a_secret_is_cut_out_and_its_kind_noted() -> None:
    typed = read(text="my card is 4111 1111 1111 1111")
    assert "4111" not in typed.text
    assert typed.secrets == ("card",)


def test_a_secret_cannot_hide_a_command() -> None:
    assert not read(text='/rate_service{"stars": "5"} password: hunter2X').text.startswith("/")


def test_a_choice_answers_its_question() -> None:
    assert tapped(YES) == Incoming(ID, "是这笔", YES)
    assert tapped(YES).question == 7


def test_a_choice_may_be_about_a_transaction() -> None:
    choice = tapped(HELP, transaction="pay_9f1c").choice
    assert choice is not None
    assert choice.entities["transaction_id"] == "pay_9f1c"


@pytest.mark.parametrize("transaction", ["", " ", "a b", "pay/1", "x" * 65, "付", "4111111111111111", 5, [], False])
def test_what_is_no_id_of_a_transaction_is_refused(transaction: Any) -> None:
    token = make_button_token(HELP, SESSION.conversation_id, SECRET)
    assert refusal(choice=token, transaction=transaction) == (400, "invalid_request")


@pytest.mark.parametrize("text", [None, "", " \n\t", 5, [], {"text": "x"}, True])
def test_what_is_no_text_is_refused(text: Any) -> None:
    assert refusal(text=text) == (400, "invalid_request")


def test_a_text_may_be_so_long_and_no_longer() -> None:
    assert read(text="付" * LONGEST_TEXT).text
    assert refusal(text="付" * (LONGEST_TEXT + 1)) == (413, "body_too_large")


@pytest.mark.parametrize("choice", ["", "/affirm", "a.b.c"])
def test_a_choice_this_server_did_not_make_is_refused(choice: str) -> None:
    assert refusal(choice=choice) == (403, "forbidden")


@given(st.text(min_size=1, max_size=80))
def test_no_text_comes_in_as_a_command(text: str) -> None:
    try:
        came_in = read(text=text).text
    except ChannelError:
        assert not text.strip()
    else:
        assert not came_in.strip().startswith("/")


WRITER = Session("terminal-1", None, writer="writer-1")


def written(text: str) -> Incoming:
    return read_message({"id": ID, "text": text}, WRITER, SECRET)


def test_what_a_writer_is_registered_with_is_masked_and_handed_on_once() -> None:
    incoming = written("付款失败了，我的手机是 13800000001")
    assert (incoming.text, incoming.login, incoming.choice) == (
        "付款失败了，我的手机是 138****0001",
        "13800000001",
        None,
    )


def test_a_message_that_is_nothing_else_is_an_answer() -> None:
    incoming = written("我的邮箱是 chen@example.com")
    assert incoming.login == "chen@example.com"
    assert incoming.choice == Choice("我的邮箱是 c***@example.com", "affirm", {"login": "我的邮箱是 c***@example.com"})
    assert incoming.question is None


def test_whom_the_app_knows_may_name_a_phone_number() -> None:
    assert read(text="转给 13800000001 的钱没到") == Incoming(ID, "转给 13800000001 的钱没到")


def test_a_card_number_is_a_secret_also_of_a_writer() -> None:
    incoming = written("4111 1111 1111 1111")
    assert (incoming.secrets, incoming.login) == (("card",), None)
