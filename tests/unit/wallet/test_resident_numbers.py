"""Identification numbers are read as GB 11643 makes them, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from wallet.domain.errors import InvalidRequestError, UnderAgeError
from wallet.domain.identity import age_on, person_of
from wallet.domain.resident_numbers import as_printed, birth_date_in, check_character

TODAY = date(2026, 3, 12)


def number_of(born: str, place: str = "990101", order: str = "004") -> str:
    digits = place + born + order
    return digits + check_character(digits)


@pytest.mark.parametrize(
    ("number", "born"),
    [
        # The two examples that the standard itself works out.
        ("11010519491231002X", date(1949, 12, 31)),
        ("440524188001010014", date(1880, 1, 1)),
        ("99010119900307004X", date(1990, 3, 7)),
    ],
)
def test_a_number_tells_when_its_holder_was_born(number: str, born: date) -> None:
    assert birth_date_in(number) == born


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_noticed_wherever_it_is(place: int) -> None:
    number = "11010519491231002X"
    for digit in "0123456789":
        if digit != number[place]:
            assert birth_date_in(number[:place] + digit + number[place + 1 :]) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105194912310",
        "11010519491231002",
        "11010519491231002XX",
        "11010519491231002x",
        "１１０１０５19491231002X",
    ],
)
def test_what_has_another_form_is_no_number(typed: str) -> None:
    assert birth_date_in(typed) is None


@pytest.mark.parametrize("born", ["19900230", "19901301", "19900000", "20250229"])
def test_a_day_that_never_was_is_no_birth(born: str) -> None:
    assert birth_date_in(number_of(born)) is None


def test_a_small_x_is_the_large_one() -> None:
    assert as_printed(" 11010519491231002x ") == "11010519491231002X"


@pytest.mark.parametrize(
    ("born", "years"),
    [((2008, 3, 12), 18), ((2008, 3, 13), 17), ((2008, 2, 29), 18), ((2026, 3, 12), 0), ((2026, 3, 13), -1)],
)
def test_a_year_is_full_on_the_birthday(born: tuple[int, int, int], years: int) -> None:
    assert age_on(date(*born), TODAY) == years


@pytest.mark.parametrize("born", ["20260313", "19010101", "18800101"])
def test_who_is_not_born_yet_or_older_than_anyone_is_no_person(born: str) -> None:
    year = date(2027, 3, 12) if born == "19010101" else TODAY
    with pytest.raises(InvalidRequestError) as refused:
        person_of("陈静", number_of(born), year)
    assert refused.value.details == {"field": "id_number"}


def test_who_is_of_age_today_is_taken_and_who_will_be_tomorrow_is_not() -> None:
    assert person_of("陈静", number_of("20080312"), TODAY).name == "陈静"
    with pytest.raises(UnderAgeError) as refused:
        person_of("陈静", number_of("20080313"), TODAY)
    assert refused.value.details == {"minimum_age": 18}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 陈 静 ", "陈 静"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("Anna-Maria O'Neil", "Anna-Maria O'Neil"),
        ("Ｌｉ", "Li"),
        ("José", "José"),
    ],
)
def test_a_name_is_taken_as_it_is_but_for_how_it_was_typed(typed: str, name: str) -> None:
    assert person_of(typed, number_of("19900307"), TODAY).name == name


@pytest.mark.parametrize("typed", ["13800001001", "陈静1", "chen@example.com", "·", "陈_静", "<b>", "-"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        person_of(typed, number_of("19900307"), TODAY)
    assert refused.value.details == {"field": "name"}


def test_neither_name_nor_number_shows_where_a_person_is_printed() -> None:
    person = person_of("陈静", number_of("19900307"), TODAY)
    assert "陈静" not in repr(person)
    assert person.number not in repr(person)
