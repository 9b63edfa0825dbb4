"""Utterances that teach nothing new are found, others are left."""

from __future__ import annotations

import pytest

from bot.training.likeness import alike_pairs, without_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I pay?", "how do i pay"),
        ("我的花呗为什么不能用", "我的花唄為什麼不能用！！"),
        ("收到驗證碼了嗎", "收到验证码了吗"),
        ("my refund of 20 is missing", "My refund of 35.90 is missing."),
    ],
)
def test_what_differs_in_spelling_alone_is_alike(one: str, other: str) -> None:
    (pair,) = alike_pairs([one, other, "something else altogether"])
    assert (pair.first, pair.second) == (0, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("how do I pay", "why can't I pay"), ("花呗怎么还款", "花呗怎么关闭"), ("lost my card", "linked my card")],
)
def test_a_telling_word_keeps_two_apart(one: str, other: str) -> None:
    assert alike_pairs([one, other, "something else altogether"]) == []


def test_the_first_of_those_alike_stays() -> None:
    texts = ["怎么还款", "怎么还款？", "top up failed", "怎么还款呢", "Top up failed!"]
    assert without_alike(texts) == ["怎么还款", "top up failed", "怎么还款呢"]


@pytest.mark.parametrize("texts", [[], ["only one"]])
def test_fewer_than_two_have_no_pair(texts: list[str]) -> None:
    assert alike_pairs(texts) == []
    assert without_alike(texts) == texts
