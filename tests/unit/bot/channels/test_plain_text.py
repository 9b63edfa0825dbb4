"""Whatever a user types is text, never a command of Rasa's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.channels.plain_text import as_plain_text
from bot.nlu.normalize import normalize

BLANKS = ["", " ", "\t\n", "\u3000", "\xa0", "\u2003\u2028", "\x1c\x85"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize(
    "typed", ["/restart", "/affirm", '/rate_service{"stars": "5"}', "//affirm", "/", "/ /affirm", "/\u200b/x"]
)
def test_a_typed_command_reaches_rasa_as_text(blank: str, typed: str) -> None:
    assert not UserMessage(as_plain_text(blank + typed)).text.startswith(INTENT_MESSAGE_PREFIX)


@given(st.text())
def test_no_text_reaches_rasa_as_a_command(text: str) -> None:
    assert not UserMessage(as_plain_text(text)).text.startswith(INTENT_MESSAGE_PREFIX)


@pytest.mark.parametrize("text", ["付款失败", "a/b", "24/7 support?", "／affirm", "\\affirm"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert as_plain_text(f"  {text}\n") == text


def test_only_the_leading_slash_is_changed_and_the_classifier_reads_it_as_before() -> None:
    assert as_plain_text("/and/or") == "／and/or"
    assert normalize(as_plain_text("/and/or")) == "/and/or"
