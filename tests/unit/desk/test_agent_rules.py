"""What names and passwords of agents must be like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.agents.payloads import Role
from bot.desk.agents.rules import (
    LONGEST_DISPLAY_NAME,
    checked_display_name,
    checked_name,
    checked_password,
    one_time_password,
)
from bot.desk.errors import InvalidRequestError


@pytest.mark.parametrize(("typed", "name"), [("wang.lei", "wang.lei"), (" Tom_B-2 ", "tom_b-2"), ("7q", "7q")])
def test_a_name_is_kept_in_small_letters(typed: str, name: str) -> None:
    assert checked_name(typed) == name


@pytest.mark.parametrize("typed", ["", "a", ".ab", "-ab", "a b", "a@b", "王磊", "a" * 33, "ab\n.", "ａｂ"])
def test_a_name_that_two_people_could_read_differently_is_refused(typed: str) -> None:
    with pytest.raises(InvalidRequestError):
        checked_name(typed)


@given(st.text())
def test_whatever_is_typed_a_display_name_is_one_line_or_refused(typed: str) -> None:
    try:
        name = checked_display_name(typed)
    except InvalidRequestError:
        return

    assert 1 <= len(name) <= LONGEST_DISPLAY_NAME
    assert name.isprintable() or " " in name
    assert not {"\n", "\u2028", "\u202e", "\u200b"} & set(name)


@pytest.mark.parametrize("password", ["0123456789", "六个字的密码够不够长呢", "correct horse battery staple"])
def test_a_password_of_ten_characters_will_do(password: str) -> None:
    assert checked_password(password, "wang.lei") == password


@pytest.mark.parametrize("password", ["012345678", "", "x" * 201, "abcabcabcabc", "Wang.Lei.Of.Support"])
def test_a_password_that_is_short_endless_plain_or_the_name_is_refused(password: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        checked_password(password, "wang.lei.of.support")

    assert refused.value.details["field"] == "password"


def test_a_password_told_to_somebody_cannot_be_misread_and_may_be_used() -> None:
    for _ in range(100):
        password = one_time_password()

        assert not set("0o1il") & set(password)
        assert checked_password(password, "somebody") == password


def test_a_role_includes_those_below_it() -> None:
    table = [[role.includes(needed) for needed in Role] for role in Role]

    assert table == [[True, False, False], [True, True, False], [True, True, True]]
