"""The words that secrets are known by, as the widget gets them."""

from __future__ import annotations

import json

from bot.privacy.words import words


def test_the_words_are_lists_of_texts_that_json_can_carry() -> None:
    assert json.loads(json.dumps(words())) == words()
    assert {type(word) for section in words().values() for listed in section.values() for word in listed} == {str}


def test_the_words_are_in_lower_case() -> None:
    listed = [word for section in words().values() for listed in section.values() for word in listed]
    assert [word for word in listed if word != word.lower()] == []
