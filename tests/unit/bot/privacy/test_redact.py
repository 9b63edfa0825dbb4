"""What is a secret, what is none, and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.folded import CUT
from bot.privacy.redact import Redacted, redact
from tests.architecture.sources import examples
from tests.fakes.secrets import Typed, generate
from tests.unit.bot.privacy.cases import LEFT_ALONE, TO_BE_CUT

PIECES = [
    *'密码 是 ： : = “ ” " - . , 。 的 我 不对 元 付了 身份证 卡号 验证码 订单 改成 ( ) é \u200b \n • \ud83d'.split(
        " "
    ),
    *"code password PIN OTP is was to changed my wrong error cvv pwd= Hunter2 iPhone15 me@x.com G- 6位 $50".split(" "),
    *"482193 1234 123 6000 6222 0202 4111111111111111 １２３４５６ 一二三四 110101199003077758 13812345678".split(" "),
    *[" ", " ", "pay_12345678901234", "WH-1234-5678", CUT, "2025-11-23", "11010119900307774X"],
]
pieced = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
texts = st.one_of(st.text(), st.text(st.characters(), max_size=40), pieced)


@pytest.mark.parametrize(("typed", "left", "kind"), TO_BE_CUT)
def test_a_secret_is_cut_out(typed: str, left: str, kind: str) -> None:
    assert redact(typed) == Redacted(left, frozenset({kind}))


@pytest.mark.parametrize("typed", LEFT_ALONE)
def test_a_text_without_secrets_stays_as_it_is(typed: str) -> None:
    assert redact(typed) == Redacted(typed)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_utterance_that_the_bot_learns_from_is_cut(language: str) -> None:
    learnt = [text for listed in examples()[language].values() for text in listed]
    assert [text for text in learnt if redact(text) != Redacted(text)] == []


@pytest.mark.parametrize("typed", generate(400, seed=7), ids=lambda typed: typed.sentence)
def test_nothing_of_a_typed_secret_stays(typed: Typed) -> None:
    left = redact(typed.sentence)
    assert typed.kind in left.kinds
    assert [trace for trace in typed.traces if trace in left.text] == []


def test_secrets_of_different_kinds_are_all_named() -> None:
    left = redact("卡号6222020200112236，身份证110101199003077758，验证码是482193，密码是abc123")
    assert left.text == f"卡号{CUT}，身份证{CUT}，验证码是{CUT}，密码是{CUT}"
    assert left.kinds == {"card", "id_number", "code", "password"}


def test_invisible_characters_hide_no_secret() -> None:
    assert redact("验\u200b证码是48\u200b21\ufeff93").text == f"验\u200b证码是{CUT}"
    assert redact("4111\u00a01111\u20091111\u200b1111").text == CUT


@given(texts)
def test_reading_a_text_again_finds_nothing_new(text: str) -> None:
    left = redact(text)
    assert redact(left.text) == Redacted(left.text)


@given(texts)
def test_a_text_changes_only_when_something_was_found(text: str) -> None:
    left = redact(text)
    assert (left.text == text) == (not left.kinds)


@given(st.text(st.sampled_from("今天充值没到账怎么办，。？ help me please the transfer failed\n")))
def test_a_text_without_digits_and_words_for_secrets_stays(text: str) -> None:
    assert redact(text) == Redacted(text)


@given(pieced, st.sampled_from(generate(60, seed=3)), pieced)
def test_a_card_stays_hidden_whatever_stands_around(before: str, typed: Typed, after: str) -> None:
    left = redact(f"{before} 。{typed.sentence}。 {after}").text
    if typed.kind == "card":
        assert all(trace not in left for trace in typed.traces)


@pytest.mark.parametrize(
    "piece", ["4 ", "密码是", "password is ", "code 482193 ", "card ", " ", "1-", "“", "4111", "pwd=a ", "密码“"]
)
def test_a_very_long_text_is_read_to_its_end(piece: str) -> None:
    left = redact(piece * 500 + "。验证码是482193")
    assert left.text.endswith(f"验证码是{CUT}")
