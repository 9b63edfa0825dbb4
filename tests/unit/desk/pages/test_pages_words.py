"""Everything the bot may hand over has words at the desk, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.desk.agents.payloads import Language
from bot.desk.audit.payloads import Action
from bot.desk.canned.replies import PLACEHOLDERS, Reply, fill, load_replies, placeholders
from bot.desk.handoffs.packet import Reason
from bot.desk.handoffs.payloads import EventKind, Why
from bot.desk.pages.packet import UNTOLD
from bot.desk.pages.transcript import _WITHOUT_LINE
from bot.desk.web.texts import read_texts
from bot.handoff.states import Change, State
from bot.store.summary import TOPICS
from wallet.contract.causes import CAUSES, Cause
from wallet.contract.refunds import RefundReason, RefundRejection, RefundStatus
from wallet.contract.transfers import TransferKind

TEXTS = read_texts()
PLAYBOOKS = sorted((Path(__file__).parents[4] / "actions/playbooks").glob("*.yml"))
STEPS = {
    step
    for file in PLAYBOOKS
    for book in [yaml.safe_load(file.read_text(encoding="utf-8"))]
    for steps in [
        book["checklist"],
        *book["causes"].values(),
        *(row.get("otherwise", ()) for row in book["steps"].values()),
    ]
    for step in steps
}
# Each standing of a refund, in time and late.
REFUNDS = {*(status.value for status in RefundStatus), "requested_late", "approved_late", "open"}
FOUND_CAUSES = {cause for file in PLAYBOOKS for cause in yaml.safe_load(file.read_text(encoding="utf-8"))["causes"]}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("kind", "names"),
    {
        "cause": [*(cause.value for cause in Cause), "refund_none", *sorted(f"refund_{words}" for words in REFUNDS)],
        "step": [*sorted(STEPS), "tell_refund", "choose_refund", "give_login", "press_link"],
        "outcome": ["told", "asked", "sent", "away"],
        "topic": sorted(TOPICS),
        "kind": [kind.value for kind in TransferKind],
        "refund_reason": [reason.value for reason in RefundReason],
        "refund_rejection": [rejection.value for rejection in RefundRejection],
        "reason": [reason.value for reason in Reason],
        "handoff_state": [state.value for state in State],
        "line": [change.value for change in Change if change not in _WITHOUT_LINE],
        "event": [kind.value for kind in EventKind],
        "cases_why": [why.value for why in Why],
    }.items(),
)
def test_every_name_has_words(language: Language, kind: str, names: list[str]) -> None:
    assert [name for name in names if f"{kind}_{name}" not in TEXTS[language]] == []


@pytest.mark.parametrize("language", Language)
def test_every_deed_of_the_pages_has_words_in_the_audit(language: Language) -> None:
    deeds = (Action.CLAIM, Action.WRITE, Action.REVEAL, Action.NOTE, Action.TAGS, Action.TRANSFER)
    assert [deed.value for deed in deeds if f"action_{deed.value}" not in TEXTS[language]] == []


def test_what_may_not_be_told_is_what_the_wallet_says() -> None:
    assert {cause.value for cause, rule in CAUSES.items() if not rule.may_be_told} == UNTOLD


@pytest.mark.parametrize("reply", load_replies(), ids=lambda reply: reply.name)
def test_a_reply_is_there_in_both_languages_with_the_same_placeholders(reply: Reply) -> None:
    assert reply.titles.keys() == reply.texts.keys() == {"zh", "en"}
    assert placeholders(reply.texts["zh"]) <= PLACEHOLDERS
    assert placeholders(reply.texts["en"]) <= PLACEHOLDERS


def test_there_are_a_dozen_replies_or_more_and_each_name_once() -> None:
    names = [reply.name for reply in load_replies()]
    assert len(names) >= 12
    assert len(set(names)) == len(names)


def test_a_reply_that_needs_what_nobody_knows_is_left_out() -> None:
    replies = (
        Reply("plain", {"en": "P"}, {"zh": "好", "en": "ok"}),
        Reply("user", {"en": "U"}, {"zh": "{user}", "en": "{user}"}),
    )
    assert [reply.name for reply in fill(replies, "en", "zh", {"user": None})] == ["plain"]
    assert [reply.text for reply in fill(replies, "en", "zh", {"user": "••••"})] == ["好", "••••"]
