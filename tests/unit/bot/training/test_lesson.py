"""What of a review set is learned, and what keeps all of it from being learned."""

from __future__ import annotations

import pytest

from bot.training.lesson import Unlearnable, lesson_of
from bot.utterances.utterance import LONGEST, Utterance

INTENTS = {"ask_fees", "topup_failure", "greet"}
DATA = [
    Utterance("is topping up free of charge", "ask_fees", "en", "data/nlu/en/ask_fees.yml"),
    Utterance("hello there", "greet", "en", "data/nlu/en/greet.yml"),
]


def line(text: str, intent: str = "ask_fees", language: str = "en", number: int = 1) -> Utterance:
    return Utterance(text, intent, language, f"set.yml:{number}")


def problems_of(*lines: Utterance, regressions: tuple[Utterance, ...] = ()) -> tuple[str, ...]:
    with pytest.raises(Unlearnable) as caught:
        lesson_of(lines, INTENTS, DATA, regressions)
    return caught.value.problems


def test_new_lines_are_learned_and_known_ones_are_not_learned_twice() -> None:
    new, known = line("do you take a cut when i put money in"), line("Is topping up free of charge?")

    lesson = lesson_of([new, known, new], INTENTS, DATA, [])

    assert (lesson.new, lesson.known, lesson.left_out) == ((new,), (known,), ())
    assert lesson.lines == [new, known]


def test_a_line_too_much_like_another_of_its_intent_is_left_out_and_the_other_is_named() -> None:
    first, second = line("what does the bank take for a transfer"), line("what does the bank take for transfers")
    like_data = line("is topping up all free of charge")

    lesson = lesson_of([first, second, like_data], INTENTS, DATA, [])

    assert lesson.new == (first,)
    assert [(each.line, each.like) for each in lesson.left_out] == [
        (second, first.text),
        (like_data, "is topping up free of charge"),
    ]


def test_the_same_words_may_be_learned_in_another_language_s_file() -> None:
    chinese = line("免手续费吗", language="zh")

    assert lesson_of([chinese], INTENTS, DATA, []).new == (chinese,)


def test_an_intent_that_the_model_does_not_know_is_told() -> None:
    assert problems_of(line("hi", "salute")) == ("set.yml:1: “hi”: the model knows no intent salute",)


def test_what_the_data_or_the_regression_tests_say_otherwise_is_told_with_its_file() -> None:
    tested = Utterance("does it cost me", "topup_failure", "en", "tests/regressions/en.yml: line 3")

    assert problems_of(line("Hello there!"), line("does it cost me"), regressions=(tested,)) == (
        "set.yml:1: “Hello there!”: is to be ask_fees, but stands under greet in data/nlu/en/greet.yml",
        "set.yml:1: “does it cost me”: is to be ask_fees, but stands under topup_failure in "
        "tests/regressions/en.yml: line 3",
    )


def test_a_set_that_contradicts_itself_is_told() -> None:
    assert problems_of(line("what now"), line("What now?", "topup_failure", number=2)) == (
        "set.yml:1: “what now”: stands under ask_fees and topup_failure",
    )


def test_a_secret_is_told_but_not_repeated() -> None:
    (problem,) = problems_of(line("my card is 4111 1111 1111 1111, is it free"))

    assert problem == "set.yml:1: a line of ask_fees holds a secret (card)"


def test_a_line_without_end_and_a_set_without_lines_are_told() -> None:
    assert problems_of(line("so " * LONGEST))[0].endswith(f"longer than {LONGEST} characters")
    assert problems_of() == ("there is no line in it",)


def test_every_problem_of_a_set_is_told_at_once() -> None:
    assert len(problems_of(line("hi", "salute"), line("Hello there!"), line("ok so"))) == 2
