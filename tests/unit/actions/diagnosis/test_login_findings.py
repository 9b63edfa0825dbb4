"""Why a user cannot sign in: the account's state in, one finding out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions.diagnosis.login import RECENT, diagnose_login, success_after
from tests.fakes.accounts import NOW, ago, attempt, login_state
from wallet.contract.payloads import AccountStatus, LoginState

WRONG = attempt(ago(minutes=5), "wrong_password")
WRONG_CODE = attempt(ago(minutes=5), "wrong_code")
NOWHERE = {"email_masked": None, "phone_masked": None}


@pytest.mark.parametrize(
    ("state", "told", "plan"),
    [
        (login_state(WRONG), "wrong_password", "wrong_password"),
        (login_state(WRONG, **NOWHERE), "wrong_password", "wrong_password_unreachable"),
        (login_state(WRONG, attempt(ago(minutes=9))), "wrong_password", "wrong_password"),
        (login_state(WRONG_CODE), "wrong_code", "wrong_code"),
        (login_state(WRONG_CODE, **NOWHERE), "wrong_code", "wrong_code"),
        (login_state(WRONG_CODE, WRONG), "wrong_code", "wrong_code"),
        (login_state(WRONG, WRONG_CODE), "wrong_password", "wrong_password"),
        (login_state(WRONG_CODE, locked_until=NOW + timedelta(minutes=1)), "account_locked", "account_locked"),
        (login_state(), "no_sign_in_seen", "no_sign_in_seen"),
        (login_state(**NOWHERE), "no_sign_in_seen", "no_sign_in_seen_unreachable"),
        (login_state(WRONG, locked_until=NOW + timedelta(minutes=1)), "account_locked", "account_locked"),
        (login_state(locked_until=NOW + timedelta(minutes=1)), "account_locked", "account_locked"),
        (
            login_state(locked_until=NOW + timedelta(minutes=1), **NOWHERE),
            "account_locked",
            "account_locked_unreachable",
        ),
        (login_state(WRONG, locked_until=NOW), "wrong_password", "wrong_password"),
        (login_state(WRONG, status=AccountStatus.FROZEN), "account_frozen", "account_frozen"),
        (login_state(WRONG, status=AccountStatus.CLOSED), "account_closed", "account_closed"),
        (
            login_state(status=AccountStatus.FROZEN, locked_until=NOW + timedelta(minutes=1)),
            "account_frozen",
            "account_frozen",
        ),
    ],
)
def test_the_state_of_the_account_gives_the_words_and_the_plan(state: LoginState, told: str, plan: str) -> None:
    (finding,) = diagnose_login(state, NOW)

    assert (finding.told, finding.plan) == (told, plan)


def test_a_last_sign_in_that_worked_is_no_finding() -> None:
    assert diagnose_login(login_state(attempt(ago(minutes=1)), WRONG), NOW) == []


@pytest.mark.parametrize(
    ("at", "told"),
    [(NOW - RECENT, "no_sign_in_seen"), (NOW - RECENT + timedelta(seconds=1), "wrong_password")],
)
def test_an_attempt_of_a_day_ago_is_not_what_the_user_speaks_of(at: datetime, told: str) -> None:
    (finding,) = diagnose_login(login_state(attempt(at, "wrong_password")), NOW)

    assert finding.told == told


@pytest.mark.parametrize(("failures", "left"), [(0, "5"), (3, "2"), (5, "0"), (7, "0")])
def test_the_tries_that_are_left_are_never_fewer_than_none(failures: int, left: str) -> None:
    (finding,) = diagnose_login(login_state(WRONG, failures=failures), NOW)

    assert finding.values["left"] == left


def test_a_reset_goes_to_the_mail_and_without_one_to_the_phone() -> None:
    (by_mail,) = diagnose_login(login_state(WRONG, phone_masked="138****0001"), NOW)
    (by_phone,) = diagnose_login(login_state(WRONG, email_masked=None, phone_masked="138****0001"), NOW)

    assert (by_mail.values["contact"], by_phone.values["contact"]) == ("c***@example.com", "138****0001")


def test_the_newest_sign_in_after_a_moment_is_seen_and_none_before_it() -> None:
    state = login_state(attempt(ago(minutes=1)), WRONG, attempt(ago(minutes=9)))
    newest = success_after(state, ago(minutes=10))

    assert newest is not None
    assert newest.at == ago(minutes=1)
    assert success_after(state, ago(minutes=1)) is None
