"""domain.yml, the rules, the training data and the code speak of the same things."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions.dialogue import slots
from actions.dialogue.topics import TOPICS
from tests.architecture.sources import ROOT, domain, examples, modules, responses, rule_steps, texts, tree

LANGUAGES = ("zh", "en")
FEWEST_EXAMPLES, FEWEST_OF_A_TOPIC = 80, 300
FALLBACK = "nlu_fallback"  # Rasa's own intent
INTENTS = [name for entry in domain()["intents"] for name in ([entry] if isinstance(entry, str) else entry)]
# What slots.py names besides: Rasa's own slot, and the form.
NO_SLOTS = {"REQUESTED_SLOT", "TROUBLESHOOTING_FORM"}


def _calls(path: Path, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name
    ]


def test_every_intent_has_a_rule_and_every_rule_an_intent() -> None:
    assert {step["intent"] for step in rule_steps() if "intent" in step} == {*INTENTS, FALLBACK}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_enough_utterances(language: str) -> None:
    counts = {intent: len(examples()[language].get(intent, [])) for intent in {*INTENTS, *examples()[language]}}
    assert set(counts) == set(INTENTS)
    topics = {*TOPICS, "request_human", "out_of_scope"}
    fewest = {intent: FEWEST_OF_A_TOPIC if intent in topics else FEWEST_EXAMPLES for intent in INTENTS}
    assert {intent: count for intent, count in counts.items() if count < fewest[intent]} == {}


def test_every_intent_a_button_sends_exists() -> None:
    sent = {
        found[1]
        for path in modules("actions/topics", "actions/dialogue")
        for _, text in texts(path)
        if (found := re.fullmatch(r"/([a-z_]+)(\{.*)?", text))
    }
    assert sent
    assert sent - set(INTENTS) == set()


def test_every_entity_is_found_by_the_pipeline_and_the_reverse() -> None:
    vocabulary = yaml.safe_load((ROOT / "bot/nlu/vocabulary.yml").read_text(encoding="utf-8"))
    by_pattern = {
        call.args[0].value
        for call in _calls(ROOT / "bot/nlu/entities.py", "_entity")
        if isinstance(call.args[0], ast.Constant)
    }
    # Whose stars they are only a button says, that a message is a login only the channel, which has cut it out.
    assert {*vocabulary, *by_pattern, "language", "rates", "login"} == set(domain()["entities"])


def test_every_entity_the_actions_read_exists() -> None:
    read = {
        call.args[0].value
        for path in modules("actions")
        for call in _calls(path, "entity")
        if isinstance(call.args[0], ast.Constant)
    }
    assert read
    assert read - set(domain()["entities"]) == set()


def test_every_slot_is_named_in_one_place_and_the_reverse() -> None:
    named = {value for name, value in vars(slots).items() if name.isupper() and name not in NO_SLOTS}
    assert named == set(domain()["slots"])


def test_no_action_names_a_slot_by_itself() -> None:
    literal = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in modules("actions")
        for name in ("get_slot", "SlotSet")
        for call in _calls(path, name)
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert literal == []


def test_every_action_is_registered_and_in_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    # Another test of this process may have made an action of its own.
    ours = {name for name, run in executor.actions.items() if run.__self__.__module__.startswith("actions.")}
    assert ours == set(domain()["actions"])


def test_every_action_of_a_rule_exists() -> None:
    used = {step["action"] for step in rule_steps() if "action" in step}
    known = {*domain()["actions"], *responses(), *domain()["forms"]}
    assert used - known == set()


def test_every_form_is_used_and_exists() -> None:
    forms = set(domain()["forms"])
    in_rules = {step["active_loop"] for step in rule_steps() if step.get("active_loop")}
    assert forms == in_rules == {slots.TROUBLESHOOTING_FORM}
    assert {f"validate_{form}" for form in forms} <= set(domain()["actions"])
    required = {slot for form in domain()["forms"].values() for slot in form["required_slots"]}
    assert {f"action_ask_{slot}" for slot in required} <= set(domain()["actions"])
