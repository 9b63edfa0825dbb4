"""The rules decide for a tracker that has forgotten its old turns as they do for one that remembers all."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import UserUttered
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.importers.rasa import RasaFileImporter

from bot.store.live_tracker import KEPT_STATES, LiveTracker
from tests.architecture.sources import domain as domain_file
from tests.architecture.sources import read_yaml
from tests.unit.bot.store.talk import conversation, domain, kinds_of_turns

RULES = sorted(Path("data/rules").glob("*.yml"))


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> RulePolicy:
    """The rules of the product, learned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa reminds of what 3.0 has changed
        rules = RasaFileImporter("config.yml", "domain.yml", ["data/rules"]).get_stories()
    trackers = TrainingDataGenerator(rules, domain(), augmentation_factor=0).generate()
    config = {**RulePolicy.get_default_config(), "check_for_contradictions": False}
    storage = LocalModelStorage(tmp_path_factory.mktemp("rules"))
    learned = RulePolicy(config, storage, Resource("rules"), ExecutionContext(None))
    learned.train(trackers, domain())
    return learned


def test_no_rule_is_longer_than_the_states_that_are_kept() -> None:
    for file in RULES:
        for rule in read_yaml(str(file))["rules"]:
            actions = [step for step in rule["steps"] if "action" in step]
            # Rasa adds what the bot did before the rule, and that it listens after it.
            assert len(actions) + 2 <= KEPT_STATES, rule["rule"]


def test_no_rule_looks_back_beyond_the_present_message() -> None:
    for file in RULES:
        for rule in read_yaml(str(file))["rules"]:
            messages = [place for place, step in enumerate(rule["steps"]) if "intent" in step]
            assert messages in ([], [0]), rule["rule"]
            assert not rule.get("conversation_start"), rule["rule"]


def test_no_slot_looks_back_at_the_message_that_began_a_form() -> None:
    mappings = [mapping for slot in domain_file()["slots"].values() for mapping in slot["mappings"]]
    assert not [mapping for mapping in mappings if mapping["type"] == "from_trigger_intent"]


def decision(policy: RulePolicy, tracker: DialogueStateTracker) -> tuple[list[float], list[Any]]:
    predicted = policy.predict_action_probabilities(tracker, domain())
    return predicted.probabilities, predicted.events


@given(kinds_of_turns)
@settings(max_examples=40)
def test_the_rules_decide_the_same(policy: RulePolicy, kinds: Any) -> None:
    events = conversation(kinds)
    short = LiveTracker("conversation-1", domain().slots)
    long = DialogueStateTracker("conversation-1", domain().slots)
    for place, event in enumerate(events):
        if isinstance(event, UserUttered):
            short.stored_events = len(short.events)
            short.forget_old_turns()
        short.update(event)
        long.update(event)
        if len(events) - place < 10:
            assert decision(policy, short) == decision(policy, long)
