"""The patterns that secrets are known by, as the widget gets them."""

from __future__ import annotations

import json
import re

from bot.privacy.patterns import PATTERNS, published

_ONLY_PYTHON = re.compile(r"\(\?P|\\A|\\Z|\(\?[aiLmsux]+\)")


def test_the_patterns_are_texts_that_json_can_carry() -> None:
    assert json.loads(json.dumps(published())) == published()
    assert set(published()) == set(PATTERNS)


def test_no_pattern_holds_what_javascript_reads_otherwise() -> None:
    assert [name for name, source in published().items() if _ONLY_PYTHON.search(source)] == []


def test_only_the_beginning_of_a_pattern_is_bound_to_the_beginning_of_a_text() -> None:
    bound = [name for name, source in published().items() if re.search(r"(?<![\[\\])\^", source[1:])]
    assert bound == ["around"]
