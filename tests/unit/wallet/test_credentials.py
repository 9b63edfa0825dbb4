"""Wrong passwords lock an account, and time or a new password opens it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from wallet.domain.credentials import Credential, check_new_password
from wallet.domain.errors import PasswordTooWeakError
from wallet.domain.sign_in import FROZEN, LOCKED, WRONG_PASSWORD, judge
from wallet.domain.users import User

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
FRESH = Credential("wu", "hash", 0, None, NOW)


def user(frozen_at: datetime | None = None, closed_at: datetime | None = None) -> User:
    return User("wu", None, None, "吴桐", "zh", 2, False, False, False, frozen_at, closed_at, NOW)


def after_wrong_passwords(count: int) -> Credential:
    credential = FRESH
    for _ in range(count):
        credential = credential.after_wrong_password(NOW)
    return credential


def test_four_wrong_passwords_do_not_lock() -> None:
    assert not after_wrong_passwords(4).is_locked(NOW)


def test_the_fifth_wrong_password_locks_for_a_day() -> None:
    credential = after_wrong_passwords(5)
    assert credential.locked_until == NOW + timedelta(hours=24)
    assert credential.is_locked(NOW + timedelta(hours=23, minutes=59))
    assert not credential.is_locked(NOW + timedelta(hours=24))


def test_further_wrong_passwords_do_not_lock_for_longer() -> None:
    locked = after_wrong_passwords(5)
    assert locked.after_wrong_password(NOW + timedelta(hours=3)) == locked


def test_after_a_lapsed_lock_counting_starts_over() -> None:
    later = NOW + timedelta(hours=25)
    locked = after_wrong_passwords(5)
    assert locked.failures_counted(later) == 0
    assert locked.after_wrong_password(later).failures == 1


def test_a_right_password_forgets_the_wrong_ones() -> None:
    verdict = judge(user(), after_wrong_passwords(4), True, NOW)
    assert (verdict.failure, verdict.credential.failures) == (None, 0)


def test_a_new_password_lifts_the_lock() -> None:
    changed = after_wrong_passwords(5).with_password("other", NOW)
    assert not changed.is_locked(NOW)
    assert changed.failures == 0


def test_only_the_right_password_learns_of_the_lock() -> None:
    locked = after_wrong_passwords(5)
    assert judge(user(), locked, True, NOW).failure == LOCKED
    assert judge(user(), locked, False, NOW).failure == WRONG_PASSWORD


def test_only_the_right_password_learns_of_the_freeze() -> None:
    assert judge(user(frozen_at=NOW), FRESH, True, NOW).failure == FROZEN
    assert judge(user(frozen_at=NOW), FRESH, False, NOW).failure == WRONG_PASSWORD


def test_a_closed_account_is_like_none() -> None:
    assert judge(user(closed_at=NOW), FRESH, True, NOW).failure == WRONG_PASSWORD


@pytest.mark.parametrize("password", ["", "123456789", "x" * 257])
def test_a_new_password_has_a_proper_length(password: str) -> None:
    with pytest.raises(PasswordTooWeakError):
        check_new_password(password)


def test_ten_characters_are_enough() -> None:
    check_new_password("1234567890")
