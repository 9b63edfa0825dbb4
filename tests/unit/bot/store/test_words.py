"""The words of a text, and the question for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import characters, sampled_from, text

from bot.store.words import phrase_of, segmented


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("支付失败", "支付 付失 失败 败"),
        ("付", "付"),
        ("我付款failed了", "我付 付款 款 failed 了"),
        ("付款，失败。", "付款 款 失败 败"),
        ("My PAYMENT failed!", "my payment failed"),
        ("ＷＨ－７Ｋ３Ｍ １２元", "wh 7k3m 12 元"),
        ("繁體字", "繁體 體字 字"),
        ("Straße, ÉCOLE e\u0301cole", "strasse école école"),
        ("a_b 'c' \"d\" (e)*", "a b c d e"),
        ("half \ud83d pair, NUL \0 and 👍🏽", "half pair nul and"),
        ("", ""),
    ],
)
def test_a_text_becomes_words(said: str, words: str) -> None:
    assert segmented(said) == words


@pytest.mark.parametrize(
    ("asked", "on_sqlite", "on_postgresql"),
    [
        ("failed", '"failed"', "('failed')"),
        ("Payment failed", '"payment" AND "failed"', "('payment') & ('failed')"),
        ('"payment failed"', '"payment failed"', "('payment' <-> 'failed')"),
        ("“payment failed” 「退款」", '"payment failed" AND "退款"', "('payment' <-> 'failed') & ('退款')"),
        ('"not closed', '"not closed"', "('not' <-> 'closed')"),
        ("支付", '"支付"', "('支付')"),
        ("支付失败", '"支付 付失 失败"', "('支付' <-> '付失' <-> '失败')"),
        ("付", '"付" *', "('付':*)"),
        ("付款，失败", '"付款" AND "失败"', "('付款') & ('失败')"),
        ("付款failed", '"付款" AND "failed"', "('付款') & ('failed')"),
        ('"付款failed"', '"付款 款 failed"', "('付款' <-> '款' <-> 'failed')"),
        ("WH-7K3M-Q9TD", '"wh 7k3m q9td"', "('wh' <-> '7k3m' <-> 'q9td')"),
        ("OR NOT ' \" * :*", '"or" AND "not"', "('or') & ('not')"),
    ],
)
def test_what_is_asked_becomes_a_question(asked: str, on_sqlite: str, on_postgresql: str) -> None:
    assert (phrase_of(asked, "sqlite"), phrase_of(asked, "postgresql")) == (on_sqlite, on_postgresql)


@pytest.mark.parametrize("asked", ["", " ", '""', "?!", "👍", "\0", "\ud83d", '" "'])
def test_where_there_is_no_word_nothing_can_be_asked(asked: str) -> None:
    assert phrase_of(asked, "sqlite") is None
    assert phrase_of(asked, "postgresql") is None


@given(text(characters()), sampled_from(["sqlite", "postgresql"]))
def test_whatever_is_said_or_asked_is_storable_and_has_no_sign_in_it_but_our_own(said: str, dialect: str) -> None:
    words = segmented(said)
    # Python does not know the newest Chinese characters yet.
    assert all(sign.isalnum() or ord(sign) >= 0x20000 for sign in words.replace(" ", ""))
    words.encode()
    (phrase_of(said, dialect) or "").encode()


def test_a_text_without_end_has_an_end_in_the_index() -> None:
    assert len(segmented("x" * 100_000)) < 100
    assert len(segmented("付" * 100_000)) < 50_000
