"""Whatever a diagnosis finds can be said, has its steps, and has every value its words need."""

from __future__ import annotations

import pytest

from actions.diagnosis.finding import Finding
from actions.playbooks.playbook import StepKind, load_playbook
from actions.topics.payment import PaymentFailure
from actions.topics.topup import TopupFailure
from actions.topics.transfer import TransferFailure
from tests.fakes.findings import ALL_FINDINGS
from tests.fakes.responses import LANGUAGES, placeholders, responses

TOPICS = ("login", "payment", "topup", "transfer", "fraud")
MOVEMENTS = ("payment", "topup", "transfer")
WALKTHROUGHS = {"payment": PaymentFailure(), "topup": TopupFailure(), "transfer": TransferFailure()}
# Topics whose check looks into the wallet.
CHECKED = ("login", "payment", "topup", "transfer")
# What the wallet's answer to an operation adds to the finding's values.
OF_OPERATIONS = {"send_reset_link": {"contact", "expires_at"}, "freeze_account": {"at"}, "freeze_card": {"at"}}
EVERY_FINDING = pytest.mark.parametrize(
    ("topic", "finding"), ALL_FINDINGS, ids=[f"{topic}-{finding.plan}" for topic, finding in ALL_FINDINGS]
)


def steps_of(topic: str, plan: str) -> set[str]:
    """The steps of a plan, and those that follow a no."""
    playbook = load_playbook(topic)
    steps, waiting = set(), list(playbook.causes[plan])
    while waiting:
        name = waiting.pop()
        steps.add(name)
        waiting += [other for other in playbook.step(name).otherwise if other not in steps]
    return steps


def missing_values(response: str, given: set[str]) -> set[str]:
    """Values that some language of a response needs and nobody gives."""
    return set().union(*(placeholders(response, language) for language in LANGUAGES)) - given


@EVERY_FINDING
def test_every_finding_has_words_with_all_their_values(topic: str, finding: Finding) -> None:
    assert missing_values(f"utter_cause_{finding.told}", set(finding.values)) == set()


@EVERY_FINDING
def test_every_finding_has_a_plan_in_the_playbook_of_its_topic(topic: str, finding: Finding) -> None:
    assert finding.plan in load_playbook(topic).causes


@EVERY_FINDING
def test_every_step_of_a_finding_has_words_with_all_their_values(topic: str, finding: Finding) -> None:
    playbook = load_playbook(topic)
    for name in steps_of(topic, finding.plan):
        step, given = playbook.step(name), set(finding.values)
        assert missing_values(f"utter_step_{name}", given) == set(), name
        if step.kind is StepKind.WAIT:
            assert missing_values(f"utter_{name}_not_yet", given) == set(), name
        if step.operation:
            assert missing_values(f"utter_{step.operation}_failed", given) == set(), name
            assert missing_values(f"utter_{step.operation}_done", given | OF_OPERATIONS[step.operation]) == set(), name


@EVERY_FINDING
def test_no_list_of_channels_is_told_empty(topic: str, finding: Finding) -> None:
    named = set().union(*(placeholders(f"utter_step_{name}", "zh") for name in steps_of(topic, finding.plan)))

    assert "channels" not in named or finding.values["channels"]


@EVERY_FINDING
def test_a_movement_is_told_with_all_values_before_its_cause(topic: str, finding: Finding) -> None:
    if finding.subject:
        name = WALKTHROUGHS[topic].movement_name(finding)
        found = f"utter_{name}_found" + ("_unsettled" if finding.cause == "result_unknown" else "")
        for response in (found, f"utter_{topic}_failed_again"):
            assert missing_values(response, set(finding.values)) == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_the_checklist_and_its_waits_need_no_values(topic: str) -> None:
    for name in load_playbook(topic).checklist:
        assert missing_values(f"utter_step_{name}", set()) == set(), name


@pytest.mark.parametrize("topic", TOPICS)
def test_every_kind_and_operation_belongs_to_a_step_that_is_used(topic: str) -> None:
    playbook = load_playbook(topic)
    used = set(playbook.checklist).union(*(steps_of(topic, plan) for plan in playbook.causes))

    assert set(playbook.steps) <= used


@pytest.mark.parametrize("topic", TOPICS)
def test_every_offer_names_its_operation_and_nothing_else_does(topic: str) -> None:
    for step in load_playbook(topic).steps.values():
        assert (step.operation is not None) == (step.kind is StepKind.OFFER), step.name


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("source", ["guest", "away", "nothing_found"])
def test_every_topic_says_why_it_goes_by_the_checklist(topic: str, source: str) -> None:
    assert missing_values(f"utter_{topic}_{source}", set()) == set()


@pytest.mark.parametrize("topic", CHECKED)
def test_every_topic_that_looks_into_the_wallet_says_what_it_sees(topic: str) -> None:
    given = {
        "payment": {"amount", "merchant", "at"},
        "topup": {"amount", "at"},
        "transfer": {"amount", "at"},
        "login": {"at", "device"},
    }

    assert missing_values(f"utter_{topic}_seen", given[topic]) == set()
    assert missing_values(f"utter_{topic}_not_seen", set()) == set()
    assert missing_values(f"utter_{topic}_none_yet", set()) == set()
    assert missing_values(f"utter_{topic}_solved_unseen", set()) == set()


@pytest.mark.parametrize("topic", MOVEMENTS)
def test_every_movement_is_confirmed_in_words_of_its_own(topic: str) -> None:
    assert missing_values(f"utter_step_confirm_{topic}", set()) == set()


def test_every_response_has_both_languages_with_the_same_values() -> None:
    uneven = {name for name in responses() if set(responses()[name]) != set(LANGUAGES)}
    unlike = {name for name in responses() if placeholders(name, "zh") != placeholders(name, "en")}

    assert (uneven, unlike) == (set(), set())
