"""What the desk accepts of a request about cases, and how it names what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.cases.payloads import CaseChange, State
from bot.desk.cases.requests import read_change, read_cursor, read_filter, read_limit
from bot.desk.errors import InvalidRequestError


def test_a_change_may_name_any_of_state_owner_and_note() -> None:
    assert read_change({"state": "resolved"}) == CaseChange(state=State.RESOLVED)
    assert read_change({"owner": "li"}) == CaseChange(owner="li")
    assert read_change({"owner": None}) == CaseChange(release=True)
    assert read_change({"note": "called back"}) == CaseChange(note="called back")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"color": "red"},
        {"state": "closed"},
        {"state": None},
        {"owner": ""},
        {"owner": "l" * 101},
        {"owner": 1},
        {"note": ""},
        {"note": "n" * 2001},
        {"note": None},
    ],
)
def test_a_change_that_says_nothing_or_nonsense_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequestError):
        read_change(body)


def test_a_list_is_limited_even_if_nobody_asks_for_it() -> None:
    assert read_limit({}) == 20


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", "١"])
def test_a_limit_out_of_bounds_is_refused(limit: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_limit({"limit": limit})


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 19])
def test_a_cursor_that_no_page_gave_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_cursor({"after": cursor})


@pytest.mark.parametrize("query", [{"state": "closed"}, {"user_id": "u" * 129}, {"conversation_id": "\0"}])
def test_a_filter_that_matches_no_case_by_its_form_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError):
        read_filter(query)
