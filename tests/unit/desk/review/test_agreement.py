"""How far reviewers agree, against what scikit-learn reckons."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from bot.desk.review.agreement import FEW, Judged, agreement_by_pair, agreement_of, agreement_of_all
from bot.desk.review.verdicts import Verdict

VERDICTS = st.sampled_from([verdict.value for verdict in Verdict][:4])
PAIRS = st.lists(st.tuples(VERDICTS, VERDICTS), min_size=1, max_size=60)


def judged(*rows: str) -> list[Judged]:
    """``judged("1 anna good", …)``."""
    return [Judged(*row.split()) for row in rows]


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    firsts, seconds = zip(*pairs, strict=True)
    found = agreement_of(pairs)
    assert found
    assert found.share == sum(one == other for one, other in pairs) / len(pairs)
    if len({*firsts, *seconds}) == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(cohen_kappa_score(firsts, seconds), abs=1e-12)


@given(PAIRS)
def test_over_all_pairs_kappa_is_that_of_scikit_learn_for_both_ways_round(pairs: list[tuple[str, str]]) -> None:
    rows = [
        Judged(str(number), reviewer, verdict)
        for number, pair in enumerate(pairs)
        for reviewer, verdict in zip(("anna", "ben"), pair, strict=True)
    ]
    found = agreement_of_all(rows)
    assert found
    assert found.count == len(pairs)
    assert found.equal == sum(one == other for one, other in pairs)
    firsts, seconds = zip(*pairs, strict=True)
    if len({*firsts, *seconds}) > 1:
        assert found.kappa == pytest.approx(cohen_kappa_score(firsts + seconds, seconds + firsts), abs=1e-12)


def test_reviewers_who_agree_as_chance_would_have_a_kappa_of_nothing() -> None:
    found = agreement_of([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")])
    assert found
    assert (found.share, found.kappa) == (0.5, 0.0)


def test_of_no_conversation_nothing_is_said() -> None:
    assert agreement_of([]) is None
    assert agreement_of_all(judged("1 anna good")) is None
    assert agreement_by_pair(judged("1 anna good", "2 ben good")) == {}


def test_each_two_of_three_reviewers_are_a_pair_and_the_busiest_comes_first() -> None:
    found = agreement_by_pair(judged("1 anna a", "1 ben a", "1 cai b", "2 ben b", "2 cai b"))
    assert {pair: (each.count, each.equal) for pair, each in found.items()} == {
        ("ben", "cai"): (2, 1),
        ("anna", "ben"): (1, 1),
        ("anna", "cai"): (1, 0),
    }
    assert next(iter(found)) == ("ben", "cai")


def test_few_conversations_are_told() -> None:
    pairs = [("a", "a"), ("b", "b")] * FEW
    few, many = agreement_of(pairs[: FEW - 1]), agreement_of(pairs[:FEW])
    assert few
    assert many
    assert (few.is_of_few, many.is_of_few) == (True, False)
    assert math.isclose(many.kappa or 0, 1)
