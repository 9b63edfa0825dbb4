"""What was taken for what."""

from __future__ import annotations

from bot.measure.confusions import WORST, matrix_of, worst_confusions
from tests.unit.bot.measure.made import SIX, row


def test_the_matrix_counts_every_pair() -> None:
    matrix = matrix_of(SIX, ["a", "b", "c"])

    assert matrix.counts == ((2, 1, 0), (1, 1, 0), (0, 0, 1))


def test_what_nobody_meant_has_a_column_and_no_row() -> None:
    matrix = matrix_of([row("a"), row("a", "greet")], ["a", "greet"])

    assert (matrix.gold, matrix.predicted, matrix.counts) == (("a",), ("a", "greet"), ((1, 1),))


def test_the_most_frequent_confusion_comes_first_with_its_share() -> None:
    rows = [*SIX, row("c", "b"), row("c", "b")]

    worst = worst_confusions(rows)

    assert [(each.gold, each.predicted, each.count) for each in worst] == [("c", "b", 2), ("b", "a", 1), ("a", "b", 1)]
    assert worst[0].share == 2 / 3


def test_the_surest_three_are_the_examples_and_none_stands_there_twice() -> None:
    confidences = {"one": 0.2, "two": 0.9, "three": 0.5, "four": 0.7}
    rows = [row("a", "b", confidence, text=text) for text, confidence in [*confidences.items(), ("two", 0.9)]]

    (worst,) = worst_confusions(rows)

    assert [(example.text, example.confidence) for example in worst.examples] == [
        ("two", 0.9),
        ("four", 0.7),
        ("three", 0.5),
    ]
    assert worst.count == 5


def test_no_more_than_twenty_are_told() -> None:
    rows = [row("a", f"b{number:02}") for number in range(WORST + 5)]

    assert len(worst_confusions(rows)) == WORST


def test_nothing_mistaken_is_no_confusion() -> None:
    assert worst_confusions([row("a"), row("b")]) == ()
