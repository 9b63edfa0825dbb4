"""Whether a request bears a token."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.bearer import bearer, bears

TOKEN = "t" * 40


def asked(authorization: str | None) -> Any:
    """A request with this header."""
    return SimpleNamespace(headers={} if authorization is None else {"authorization": authorization})


@pytest.mark.parametrize("given", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Bearer  {TOKEN} "])
def test_the_right_token_is_borne(given: str) -> None:
    assert (bearer(asked(given)), bears(asked(given), TOKEN)) == (TOKEN, True)


@pytest.mark.parametrize("given", [None, "", "Bearer", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \udcff"])
def test_anything_else_is_not(given: str | None) -> None:
    assert not bears(asked(given), TOKEN)
    assert not bears(asked(given), "")
