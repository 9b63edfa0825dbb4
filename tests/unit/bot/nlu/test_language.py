"""Which language a message is in; short and mixed ones say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.language import detect_language


@pytest.mark.parametrize(
    "text",
    [
        "付款失败",
        "好",
        "為什麼登錄不了",
        "我的 Apple Pay 充值失败了",
        "用visa卡付款不行",
        "付了6000不行",
        "wifi 连不上，登录不了 app",
    ],
)
def test_chinese_is_recognised(text: str) -> None:
    assert detect_language(text) == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "my payment failed",
        "why",
        "I can't log in",
        "hello",
        "still failing",
        "the 工行 card does not work for me at all",
    ],
)
def test_english_is_recognised(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ok",
        "OK",
        "6000",
        "¥88.00",
        "k",
        "x",
        "👍",
        "Apple Pay",
        "visa",
        "WH-7K3M-Q9TD",
        "pay_01hv3k9qab",
        "6k",
        "!!!",
        "支付 failed 了",
        "yes",
        "qr",
        "12:30",
        "HSBC",
    ],
)
def test_what_is_short_mixed_or_written_so_in_both_says_nothing(text: str) -> None:
    assert detect_language(text) is None


@given(st.text(st.characters(blacklist_categories=())))
def test_any_text_is_chinese_english_or_nothing(text: str) -> None:
    assert detect_language(text) in ("zh", "en", None)
