"""Lines that mean the same come together, in both languages, and no line is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.review.features import Said, spelling, weigh
from bot.desk.review.grouping import group
from bot.desk.review.likeness import MOST_ALIKE, alike

INSURANCE = ["手机碎屏险怎么理赔", "碎屏险理赔需要什么材料", "我买的碎屏险能理赔吗", "碎屏险理赔多久到账"]
METRO = ["地铁乘车码扫不出来", "乘车码坐地铁刷不了", "地铁的乘车码在哪里", "怎么开通地铁乘车码"]
GOLD = ["can I buy gold with the wallet", "I want to buy gold", "how do I buy gold", "buy some gold for me"]
TAXI = ["the taxi driver cancelled my ride", "cancel the taxi ride please", "my taxi ride never came"]


def texts(lines: Sequence[str], places: Sequence[int]) -> list[str]:
    return [lines[place] for place in places]


@pytest.mark.parametrize(("first", "second"), [(INSURANCE, METRO), (GOLD, TAXI)], ids=["zh", "en"])
def test_lines_about_one_thing_make_one_group(first: list[str], second: list[str]) -> None:
    others = ["随便说说", "hello there", "???"]
    lines = [line for pair in zip(first, second, strict=False) for line in pair] + first[len(second) :] + others
    groups = [set(texts(lines, places)) for places in group([Said(line) for line in lines])]
    assert set(first) in groups
    assert set(second) in groups
    assert all(len(each) == 1 for each in groups[2:])


def test_what_the_bot_guessed_brings_lines_together_that_share_few_words() -> None:
    texts_of = ["where's my cash, I sent it home", "the money I transferred has gone home", "a story of the film"]
    of_transfers = {"transfer_failure": 0.5, "topup_failure": 0.2}
    guesses = [of_transfers, of_transfers, {"out_of_scope": 0.6}]
    assert group([Said(*line) for line in zip(texts_of, guesses, strict=True)]) == [[0, 1], [2]]
    assert group([Said(text) for text in texts_of]) == [[0], [1], [2]]


def test_case_width_marks_and_numbers_make_no_difference() -> None:
    assert spelling("Pay ￥６000 NOW!!") == spelling("pay 12 now") == "pay 0 now"
    lines = [Said("Where is 500?"), Said("something else altogether"), Said("where is 9!")]
    assert group(lines) == [[0, 2], [1]]


def test_lines_without_words_and_no_lines_at_all_are_grouped_too() -> None:
    assert group([]) == []
    assert group([Said("???"), Said("!"), Said("")]) == [[0, 1, 2]]


@given(st.lists(st.text(alphabet="ab 付款码!9", max_size=12), max_size=40))
def test_every_line_is_in_exactly_one_group_and_the_largest_comes_first(lines: list[str]) -> None:
    groups = group([Said(line) for line in lines])
    assert sorted(place for each in groups for place in each) == list(range(len(lines)))
    assert [len(each) for each in groups] == sorted((len(each) for each in groups), reverse=True)
    for each in groups:
        assert each == sorted(each)


@given(st.lists(st.text(alphabet="ab 付款码!9", max_size=12), max_size=40))
def test_lines_that_are_spelled_alike_are_in_one_group(lines: list[str]) -> None:
    of = {place: number for number, each in enumerate(group([Said(line) for line in lines])) for place in each}
    for one, first in enumerate(lines):
        for other, second in enumerate(lines):
            assert spelling(first) != spelling(second) or of[one] == of[other]


def test_likeness_is_the_cosine_and_goes_both_ways() -> None:
    weighed = weigh([Said(line) for line in (*INSURANCE, *GOLD)])
    near = alike(weighed, 0.05)
    for one, others in enumerate(near):
        for other, found in others.items():
            shared = weighed[one].keys() & weighed[other].keys()
            assert found == pytest.approx(sum(weighed[one][name] * weighed[other][name] for name in shared))
            assert near[other][one] == found
    assert all(near[: len(INSURANCE)])


def test_a_line_that_is_like_thousands_keeps_the_most_alike() -> None:
    lines = [Said(f"refund {word}") for word in ("a" * length for length in range(1, 3 * MOST_ALIKE))]
    near = alike(weigh([*lines, Said("refund aa please")]), 0.01)
    assert 1 in near[-1]
    assert sum(len(others) for others in near) <= 2 * MOST_ALIKE * len(near)
