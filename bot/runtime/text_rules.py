"""A patch: rules are not asked what they would do with the words of a message, if none of them names words.

Rasa 3.6 goes through all rules twice for each message: first with its text, for end-to-end rules, then with its intent.
The first time costs a thirtieth of a turn, and finds nothing where every rule wants an intent.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Found = tuple[str | None, str | None, bool]

_find_action = RulePolicy._find_action_from_rules


def leave_out() -> None:
    """Let a policy without rules for words skip them."""
    RulePolicy._find_action_from_rules = _find_action_from_rules


def _find_action_from_rules(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    """Like Rasa's own: action, rule, whether a loop is come back to."""
    if use_text_for_last_user_input and not has_rules_for_words(policy):
        return None, None, False
    found: Found = _find_action(policy, tracker, domain, use_text_for_last_user_input)
    return found


@lru_cache(maxsize=4)
def has_rules_for_words(policy: RulePolicy) -> bool:
    """Whether a rule may apply right after a message without asking for its intent."""
    rules = [*policy.lookup.get(RULES, {}), *policy.lookup.get(RULES_FOR_LOOP_UNHAPPY_PATH, {})]
    return not all(_asks_for_intent(json.loads(rule)[-1]) for rule in rules)


def _asks_for_intent(state: dict[str, Any]) -> bool:
    follows_message = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
    return not follows_message or bool(state.get(USER, {}).get(INTENT))
