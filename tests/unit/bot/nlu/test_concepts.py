"""Different words of both languages become the same concepts."""

from __future__ import annotations

import pytest
import yaml

from bot.nlu.concepts import CONCEPTS_FILE, concept_terms, concepts
from bot.nlu.normalize import normalize


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("my top-up hasn't arrived", "充值没到账", ["topup", "not", "arrive"]),
        ("Refund?", "退款！", ["refund"]),
        ("they rejected it", "被拒绝了", ["refuse"]),
        ("who sent this? scammers!", "对方是骗子", ["fraud"]),
    ],
)
def test_both_languages_share_their_concepts(one: str, other: str, shared: list[str]) -> None:
    for text in (one, other):
        assert [name for name in concepts(normalize(text)) if name in shared] == shared


def test_a_latin_word_is_no_part_of_another() -> None:
    assert "money" not in concepts("summer balances")
    assert "fail" in concepts("it failed")


def test_pairs_are_named_alike_in_either_order() -> None:
    assert "fee+transfer" in concept_terms("fee of a transfer")
    assert "fee+transfer" in concept_terms("transfer fee")


def test_every_expression_stands_in_the_spelling_that_the_classifier_reads() -> None:
    alike = yaml.safe_load(CONCEPTS_FILE.read_text(encoding="utf-8")).values()
    whole = [expression for expressions in alike for expression in expressions if "*" not in expression]
    assert {expression: normalize(expression) for expression in whole if normalize(expression) != expression} == {}
