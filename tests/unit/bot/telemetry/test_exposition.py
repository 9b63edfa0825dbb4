"""Who may read the figures: the bearer of the token where there is one, else this machine without a proxy."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.telemetry.exposition import refusal

TOKEN = "m" * 40


def asked(ip: str, **headers: str) -> Any:
    """A request from an address."""
    return SimpleNamespace(ip=ip, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_may_where_there_is_no_token(ip: str) -> None:
    assert refusal(asked(ip), None) is None


@pytest.mark.parametrize("ip", ["10.0.0.1", "203.0.113.7", "2001:db8::1", ""])
def test_another_machine_may_not(ip: str) -> None:
    assert refusal(asked(ip), None) == 403


def test_whoever_comes_through_a_proxy_of_this_machine_may_not() -> None:
    assert refusal(asked("127.0.0.1", x_forwarded_for="127.0.0.1"), None) == 403
    assert refusal(asked("127.0.0.1", forwarded="for=127.0.0.1"), None) == 403


@pytest.mark.parametrize("given", ["", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer \udcff"])
def test_where_there_is_a_token_this_machine_needs_it_too(given: str) -> None:
    assert refusal(asked("127.0.0.1", authorization=given), TOKEN) == 401


def test_the_bearer_of_the_token_may_from_anywhere() -> None:
    request = asked("203.0.113.7", authorization=f"bearer {TOKEN}", x_forwarded_for="198.51.100.1")
    assert refusal(request, TOKEN) is None
