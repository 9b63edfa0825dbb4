"""Everything the bot says is in data/, in both languages, and all of it is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

import pytest

import actions.topics.fraud
import actions.topics.login
import actions.topics.payment
import actions.topics.topup
import actions.topics.transfer  # noqa: F401 - each registers its walkthrough
from actions.diagnosis.finding import finding_of_cause
from actions.diagnosis.security import missing_protection
from actions.dialogue.handoff import Reason
from actions.dialogue.movement import MovementFailure
from actions.dialogue.topics import TOPICS as NAMED_TOPICS
from actions.dialogue.troubleshooting import GIVE_LOGIN, PRESS_LINK, Troubleshooting
from actions.dialogue.walkthrough import Source
from actions.playbooks.playbook import Playbook, StepKind
from actions.topics.troubleshooting import TROUBLESHOOTING
from actions.topics.typed_secret import KINDS
from bot.desk.cases.payloads import State
from bot.desk.handoffs.payloads import Why
from bot.handoff.states import Change
from tests.architecture.sources import built_texts, modules, responses, rule_steps, texts, tree, words
from wallet.contract.causes import Cause
from wallet.contract.payloads import FeeKind, Security
from wallet.contract.refunds import RefundRejection, RefundStatus

LANGUAGES = {"zh", "en"}
TOPICS: list[Troubleshooting] = list(TROUBLESHOOTING.values())
MOVEMENTS = [topic.name for topic in TOPICS if isinstance(topic, MovementFailure)]
# A topic whose check answers nothing shows nothing afterwards.
CHECKED = [topic.name for topic in TOPICS if type(topic).check.__annotations__["return"] not in (None, "None")]
# A plan may differ from the words of its cause by what can be done about it.
PLAN_SUFFIX = re.compile(r"_(at_maximum|unreachable|no_other|without_card)$")
RASA_SAYS = {"utter_default"}  # by its own fallback action
# How the bot tells of what the desk does, beside the places in the queue and the cases.
TOLD_BY_NAME = (
    *(Change.CLAIM, Change.HOLD, Change.RESUME, Change.TRANSFER, Change.RETURN, Change.RESOLVE, Change.CANCEL),
)
WHY = [*(why.value for why in Why), "made"]
NO_RESPONSES = {"utter_action"}  # where Rasa notes which response a message was


def _steps(playbook: Playbook) -> set[str]:
    listed = {step for steps in (playbook.checklist, *playbook.causes.values()) for step in steps}
    return listed | set(playbook.steps) | {step for row in playbook.steps.values() for step in row.otherwise}


STEPS = {step for topic in TOPICS for step in _steps(topic.playbook)}
OPERATIONS = {row.operation for topic in TOPICS for row in topic.playbook.steps.values() if row.operation}
WAITS = {row.name for topic in TOPICS for row in topic.playbook.steps.values() if row.kind is StepKind.WAIT}
TOLD = {PLAN_SUFFIX.sub("", plan) for topic in TOPICS if topic.name != "fraud" for plan in topic.playbook.causes} | {
    "protect_first",
    "already_frozen",
}
FIXED = {
    keyword.value.value
    for path in modules("actions")
    for node in ast.walk(tree(path))
    if isinstance(node, ast.Call)
    for keyword in node.keywords
    if keyword.arg == "fixed" and isinstance(keyword.value, ast.Constant)
}
# What each built name becomes. A new one in the code has to be added here.
BUILT: dict[str, Iterable[str]] = {
    "utter_{self.name}_{source.value}": [
        f"utter_{topic.name}_{source.value}" for topic in TOPICS for source in Source if source is not Source.ACCOUNT
    ],
    "utter_{self.movement_name(finding)}_found{unsettled}": [
        *(f"utter_{name}_found{end}" for name in (*MOVEMENTS, "withdrawal") for end in ("", "_unsettled")),
        "utter_payment_refunded_found",
    ],
    "utter_cause_{finding.told}": [f"utter_cause_{told}" for told in TOLD],
    "utter_step_{CONFIRM}_{self.name}": [f"utter_step_confirm_{name}" for name in MOVEMENTS],
    "utter_step_{step.name}": [f"utter_step_{step}" for step in (*STEPS, GIVE_LOGIN, PRESS_LINK)],
    "utter_{step.operation}_done": [f"utter_{operation}_done" for operation in OPERATIONS],
    "utter_{step.operation}_failed": [f"utter_{operation}_failed" for operation in OPERATIONS],
    "utter_{step.name}_not_yet": [f"utter_{step}_not_yet" for step in WAITS],
    "utter_{step.name}_ends": [f"utter_{step}_ends" for step in WAITS],
    "utter_{self._topic.name}_seen": [f"utter_{name}_seen" for name in CHECKED],
    "utter_{self.name}_not_seen": [f"utter_{name}_not_seen" for name in CHECKED],
    "utter_{self._topic.name}_none_yet": [f"utter_{name}_none_yet" for name in CHECKED],
    "utter_{self._topic.name}_solved_unseen": [f"utter_{name}_solved_unseen" for name in CHECKED],
    "utter_{self._topic.name}_failed_again": [f"utter_{name}_failed_again" for name in CHECKED],
    "utter_{check.fixed}": [f"utter_{fixed}" for fixed in FIXED],
    "utter_handing_over_{reason.value}": [
        f"utter_handing_over_{reason.value}" for reason in (Reason.EXHAUSTED, Reason.FOR_PEOPLE)
    ],
    "utter_secret_{kind}": [f"utter_secret_{kind}" for kind in KINDS],
    "utter_case_{case.state}": [f"utter_case_{state.value}" for state in State],
    "utter_handoff_case_{why or 'made'}": [f"utter_handoff_case_{why}" for why in WHY],
    "utter_handoff_{change}": [f"utter_handoff_{change.value}" for change in TOLD_BY_NAME],
    "utter_refund_{words}": [
        *(f"utter_refund_{status.value}" for status in RefundStatus),
        *("utter_refund_requested_late", "utter_refund_approved_late", "utter_refund_open"),
    ],
    "{again}_open": ["utter_handoff_queued_open", "utter_handoff_requeued_open"],
}
_UNPROTECTED = Security(False, datetime.now(timezone.utc) - timedelta(days=999), False, False, 1)
BUILT_WORDS: dict[str, Iterable[str]] = {
    "topic_{name}": [f"topic_{name}" for name in NAMED_TOPICS],
    "topic_{self.troubleshooting.topic}": [f"topic_{topic.topic}" for topic in TOPICS],
    "topic_{topic}": [f"topic_{topic.topic}" for topic in TOPICS],
    "fee_kind_{quote.kind.value}": [f"fee_kind_{kind.value}" for kind in FeeKind],
    "security_{name}": [f"security_{name}" for name in missing_protection(_UNPROTECTED, datetime.now(timezone.utc))],
    "refund_rejected_{known}": [f"refund_rejected_{rejection.value}" for rejection in RefundRejection],
    "button_stars_{stars}": [f"button_stars_{stars}" for stars in range(1, 6)],
}


def _variables(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def _language(variant: dict[str, object]) -> str:
    (condition,) = variant["condition"]  # type: ignore[misc]
    assert condition["name"] == "language"  # type: ignore[index]
    return str(condition["value"])  # type: ignore[index]


def test_every_built_name_is_resolved() -> None:
    prefixes = ("utter_", "{again}")
    built = {text for path in modules("actions") for text in built_texts(path) if text.startswith(prefixes)}
    assert built == set(BUILT)


def test_every_response_is_used_and_every_used_one_exists() -> None:
    literal = {text for path in modules("actions") for _, text in texts(path) if re.fullmatch(r"utter_\w*[a-z]", text)}
    literal -= NO_RESPONSES
    in_rules = {step["action"] for step in rule_steps() if str(step.get("action")).startswith("utter_")}
    built = {name for names in BUILT.values() for name in names}
    assert set(responses()) == literal | in_rules | built | RASA_SAYS


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_of_a_movement_has_words_and_fixes(cause: Cause) -> None:
    told = finding_of_cause(cause, "pay_1", datetime.now(timezone.utc), {}).told
    assert f"utter_cause_{told}" in responses()
    assert any(told in topic.playbook.causes for topic in TOPICS if topic.name in MOVEMENTS)


def test_every_response_is_in_both_languages_with_the_same_variables() -> None:
    for name, variants in responses().items():
        variables = {_language(variant): _variables(str(variant["text"])) for variant in variants}
        assert set(variables) == LANGUAGES, name
        assert variables["zh"] == variables["en"], name


def test_every_word_is_in_both_languages_with_the_same_variables() -> None:
    for name, word in words().items():
        assert set(word) == LANGUAGES, name
        assert _variables(word["zh"]) == _variables(word["en"]), name


def test_every_word_is_used_and_every_used_one_exists() -> None:
    built = {name for names in BUILT_WORDS.values() for name in names}
    literal = {text for path in modules("actions") for _, text in texts(path)}
    assert set(words()) - literal - built == set()
    assert built - set(words()) == set()
    assert {text for text in literal if re.fullmatch(r"(button|fee)_\w*[a-z]", text)} - set(words()) == set()


def test_every_built_word_is_resolved() -> None:
    prefixes = ("topic_", "fee_", "security_", "button_", "refund_rejected_")
    built = {text for path in modules("actions") for text in built_texts(path) if text.startswith(prefixes)}
    assert built == set(BUILT_WORDS)


def test_no_response_asks_for_a_secret() -> None:
    asks = re.compile(r"(please|tell me|send me|type) (your|the) (password|code|pin|card number)", re.IGNORECASE)
    asks_zh = re.compile(r"请(告诉我|发|输入|提供)[^。]*(密码|验证码|卡号)")
    said = [str(variant["text"]) for variants in responses().values() for variant in variants]
    assert [text for text in said if asks.search(text) or asks_zh.search(text)] == []
