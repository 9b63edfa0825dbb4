"""What an account does not have switched on yet."""

from __future__ import annotations

from typing import Any

import pytest

from actions.diagnosis.security import PASSWORD_AGE, missing_protection
from tests.fakes.accounts import NOW, ago, security


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"two_factor": False}, ["two_factor"]),
        ({"password_changed_at": NOW - PASSWORD_AGE}, []),
        ({"password_changed_at": ago(days=181)}, ["old_password"]),
        ({"email_confirmed": False}, ["email_unconfirmed"]),
        ({"phone_confirmed": False}, ["phone_unconfirmed"]),
    ],
)
def test_what_is_missing_is_named(change: dict[str, Any], missing: list[str]) -> None:
    assert missing_protection(security(**change), NOW) == missing


def test_what_helps_most_comes_first() -> None:
    bare = security(two_factor=False, password_changed_at=ago(days=400), email_confirmed=False, phone_confirmed=False)

    assert missing_protection(bare, NOW) == ["two_factor", "old_password", "email_unconfirmed", "phone_unconfirmed"]
