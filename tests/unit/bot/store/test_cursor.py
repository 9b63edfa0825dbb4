"""Where a page ended, as text in an address."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import characters, floats, text

from bot.store.cursor import Cursor


def written(content: Any) -> str:
    """A text that holds whatever somebody wants the cursor to be."""
    return base64.urlsafe_b64encode(json.dumps(content, ensure_ascii=False).encode()).decode().rstrip("=")


@given(floats(allow_nan=False, allow_infinity=False), text(characters(exclude_characters="\0", codec="utf-8")))
def test_a_cursor_comes_back_from_its_text(last_at: float, conversation_id: str) -> None:
    cursor = Cursor(last_at, conversation_id)
    assert Cursor.parse(str(cursor)) == cursor
    assert re.fullmatch(r"[\w-]+", str(cursor), re.ASCII)


def test_what_the_helper_writes_would_be_read() -> None:
    assert Cursor.parse(written([1.5, "a"])) == Cursor(1.5, "a")


@pytest.mark.parametrize(
    "crafted",
    [
        "",
        "x",
        "付款",
        "1.5",
        "a b",
        str(Cursor(1.5, "a")) + "=",
        str(Cursor(1.5, "a"))[:-1],
        "[" * 5000,
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xff").decode(),
        base64.urlsafe_b64encode(b'[1.5,"a"]').decode(),
        *map(
            written, [None, 1, {}, [], [1.5], [1.5, "a", 1], ["1.5", "a"], [1, "a"], [True, "a"], [1.5, 1], [1.5, None]]
        ),
        *map(written, [[1.5, ["a"]], [1.5, "a\0"], [float("nan"), "a"], [float("inf"), "a"], [10**400, "a"]]),
    ],
)
def test_a_text_that_no_cursor_wrote_is_refused(crafted: str) -> None:
    with pytest.raises(ValueError, match="no cursor"):
        Cursor.parse(crafted)
