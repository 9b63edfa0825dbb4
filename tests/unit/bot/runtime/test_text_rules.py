"""When the words of a message can be left out of the search for a rule."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from bot.runtime.text_rules import has_rules_for_words

AFTER_MESSAGE = {"prev_action": {"action_name": "action_listen"}}
GREETED = {**AFTER_MESSAGE, "user": {"intent": "greet"}}
SAID_HELLO = {**AFTER_MESSAGE, "user": {"text": "hello"}}
ANSWERED = {"user": {"intent": "greet"}, "prev_action": {"action_name": "utter_greet"}}


class Policy(SimpleNamespace):
    """What is looked at of a policy; one is told from another by itself."""

    __hash__ = object.__hash__


def policy(*rules: list[dict[str, Any]], unhappy: tuple[list[dict[str, Any]], ...] = ()) -> Policy:
    return Policy(
        lookup={
            "rules": {json.dumps(rule): "utter_greet" for rule in rules},
            "rules_for_loop_unhappy_path": {json.dumps(rule): "utter_greet" for rule in unhappy},
        }
    )


@pytest.mark.parametrize(
    ("trained", "expected"),
    [
        (policy([GREETED], [GREETED, ANSWERED]), False),
        (policy([SAID_HELLO]), True),
        (policy([GREETED], [AFTER_MESSAGE]), True),
        (policy([ANSWERED], unhappy=([SAID_HELLO],)), True),
        (policy(), False),
    ],
)
def test_a_rule_that_wants_no_intent_may_want_words(trained: Policy, expected: bool) -> None:
    assert has_rules_for_words(trained) is expected
