"""Case numbers."""

from __future__ import annotations

import pytest

from bot.desk.cases.numbers import as_typed, is_case_number


@pytest.mark.parametrize("number", ["WH-7K3M-Q9TD", "WH-0000-ZZZZ"])
def test_a_number_of_the_bot_is_a_case_number(number: str) -> None:
    assert is_case_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7K3M-Q9TD",
        "WH-7K3M",
        "WH-7K3M-Q9TDX",
        "WH-7K3I-Q9TD",
        "WH-7K3O-Q9TD",
        "WH-7K3U-Q9TD",
        "wh-7k3m-q9td",
        "WH-7K3M-Q9TD\n",
        " WH-7K3M-Q9TD",
        "WH-７K3M-Q9TD",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_case_number(text)


def test_a_number_typed_by_a_person_is_understood() -> None:
    assert as_typed(" wh-7k3m-qold\n") == "WH-7K3M-Q01D"
