"""Spellings that people mean alike become the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalize import normalize

ANY_TEXT = st.one_of(
    st.text(st.characters(blacklist_categories=())),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    st.text("wh-_.,'1a付👍 \u200b乾坤"),
)


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("賬號登錄不了", "账号登录不了"),
        ("ＡＰＰ　打不开", "app 打不开"),
        ("充值１００００元", "充值10000元"),
        ("登陆失败", "登录失败"),
        ("冲值没到", "充值没到"),
        ("i can not login", "i can't log in"),
        ("I CANNOT LOG-IN", "i can't log in"),
        ("my pasword is wrong", "my password is wrong"),
        ("怎么还不到账！！！！！", "怎么还不到账"),
        ("why???", "why"),
        ("急急急急急急", "急急"),
        ("付不了😭😭", "付不了"),
        ("付了6000元", "付了99元"),
        ("付了6,000.50元", "付了88元"),
        ("don’t", "don't"),
        ("  付款 \n\t失败  ", "付款 失败"),
        ("我login不了", "我log in不了"),
        ("在app里pwd错了", "在app里password错了"),
        ("零\u200b宽", "零 宽"),
        ("what about WH-7K3M-Q9TD", "what about wh-1ab2-c3d4"),
        ("what about WH7K3MQ9TD", "what about wh-1ab2-c3d4"),
        ("「付款」——失败·了", "付款 失败 了"),
        ("付了¥6,000.00", "付了￥88"),
    ],
)
def test_what_is_meant_alike_is_read_alike(typed: str, alike: str) -> None:
    assert normalize(typed) == normalize(alike)


@pytest.mark.parametrize(
    "different",
    [
        ("5 分", "3 分"),
        ("付款", "收款"),
        ("登录", "登出"),
        ("can", "can't"),
        ("author", "au"),
        ("whatsoever", "WH-7K3M-Q9TD"),
    ],
)
def test_what_is_meant_differently_stays_different(different: tuple[str, str]) -> None:
    first, second = map(normalize, different)

    assert first != second


@pytest.mark.parametrize("empty", ["", " ", "!!!", "😀😀", "……", "\u3000"])
def test_signs_alone_leave_nothing(empty: str) -> None:
    assert normalize(empty) == ""


@pytest.mark.parametrize("odd", ["\ud800", "a\0b", "\udfff登录", "\U0010ffff", "İ", "ﷺ"])
def test_odd_characters_do_no_harm(odd: str) -> None:
    assert isinstance(normalize(odd), str)


@given(ANY_TEXT)
def test_no_text_is_too_much(text: str) -> None:
    normalized = normalize(text)

    assert normalize(normalized) == normalized == normalized.strip()
    assert "  " not in normalized
