"""A walkthrough lives in a slot between two turns: what comes out is what went in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.diagnosis.finding import Finding
from actions.dialogue.walkthrough import Source, Tried, Walkthrough, finding_from_json, finding_to_json
from tests.fakes.accounts import BANK, NOW, yuan
from tests.fakes.findings import ALL_FINDINGS
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText

PLAIN = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_card_balance", "check_limits"))
FULL = Walkthrough(
    "payment_failure",
    NOW,
    Source.ACCOUNT,
    findings=(Finding("card_lost", "issuer_declined", "issuer_declined", "pay_1", NOW, {"amount": yuan("6000")}),),
    focus=0,
    confirming=True,
    steps=("call_bank",),
    position=0,
    unseen=1,
    tried=(Tried("update_card", "failed", "2026-03-12T03:10:00Z"),),
)

VALUES = st.one_of(
    st.text(max_size=20),
    st.builds(Money, st.integers(0, 10**9), st.sampled_from(["CNY", "JPY"])),
    st.builds(LocalizedText, st.text(max_size=9), st.text(max_size=9)),
    st.datetimes(timezones=st.just(timezone.utc)),
    st.dates(),
    st.lists(st.builds(LocalizedText, st.text(max_size=9), st.text(max_size=9)), max_size=3),
)


def through_a_slot(walkthrough: Walkthrough) -> Walkthrough | None:
    """Written as JSON and read again, as the tracker store does."""
    return Walkthrough.from_slot(json.loads(json.dumps(walkthrough.to_slot())))


@pytest.mark.parametrize("walkthrough", [PLAIN, FULL, replace(FULL, source=Source.AWAY), replace(PLAIN, position=2)])
def test_a_walkthrough_comes_back_from_its_slot(walkthrough: Walkthrough) -> None:
    assert through_a_slot(walkthrough) == walkthrough


@pytest.mark.parametrize(("topic", "finding"), ALL_FINDINGS)
def test_every_finding_comes_back_from_its_slot(topic: str, finding: Finding) -> None:
    assert through_a_slot(replace(FULL, findings=(finding,))) == replace(FULL, findings=(finding,))


@given(values=st.dictionaries(st.text(max_size=9), VALUES, max_size=4))
def test_any_values_come_back_with_their_kinds(values: dict[str, object]) -> None:
    finding = Finding("cause", "told", "plan", None, None, values)

    assert finding_from_json(json.loads(json.dumps(finding_to_json(finding)))) == finding


def test_a_date_does_not_become_a_time() -> None:
    finding = Finding(
        "card_expired", "card_expired", "card_expired", values={"expires": date(2026, 1, 31), "bank": BANK}
    )

    assert type(finding_from_json(finding_to_json(finding)).values["expires"]) is date


@pytest.mark.parametrize("empty", [None, {}])
def test_an_empty_slot_is_no_walkthrough(empty: dict[str, object] | None) -> None:
    assert Walkthrough.from_slot(empty) is None


def test_there_is_no_step_behind_the_last_and_no_finding_behind_the_last() -> None:
    assert replace(PLAIN, position=2).step is None
    assert replace(FULL, focus=1).finding is None
    assert (PLAIN.step, FULL.finding) == ("check_card_balance", FULL.findings[0])


def test_what_was_tried_is_kept_in_order_with_its_time() -> None:
    later: datetime = NOW + timedelta(minutes=1)
    tried = PLAIN.record("check_card_balance", "failed", NOW).record("check_limits", "done", later).tried

    assert tried == (
        Tried("check_card_balance", "failed", "2026-03-12T03:10:00Z"),
        Tried("check_limits", "done", "2026-03-12T03:11:00Z"),
    )
