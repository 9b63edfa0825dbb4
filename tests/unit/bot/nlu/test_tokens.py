"""What a language model is given of a text."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.tokens import WordTokenizer


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("My top-up failed!", ["My", "top", "up", "failed"]),
        ("付款失败了", ["付", "款", "失", "败", "了"]),
        ("充值500元没到账ok", ["充", "值", "500", "元", "没", "到", "账", "ok"]),
        ("café 支付 naïve", ["café", "支", "付", "naïve"]),
        ("？！ ## __ 🙂", []),
        ("", []),
    ],
)
def test_words_stay_whole_and_chinese_characters_stand_alone(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == tokens


def test_each_token_knows_its_place() -> None:
    text = "  付 payment, 付 again"
    assert [text[token.start : token.end] for token in tokenize(text)] == ["付", "payment", "付", "again"]


def tokenize(text: str) -> list:
    message = Message({"text": text})
    WordTokenizer(WordTokenizer.get_default_config()).process([message])
    return message.get("text_tokens")
