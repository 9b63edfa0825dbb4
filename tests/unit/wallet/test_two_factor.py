"""Codes that change with the time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pyotp
import pytest

from wallet.domain.two_factor import as_typed, new_recovery_codes, new_secret, provisioning_uri, step_of

# The secret and the first moments of the table in RFC 6238, appendix B; six digits are the last of its eight.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(RFC_SECRET, code, at(seconds), None) == seconds // 30


@pytest.mark.parametrize(("seconds_off", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_code_is_taken_one_step_early_or_late(seconds_off: int, taken: bool) -> None:
    secret, now = new_secret(), at(1_700_000_000)
    code = pyotp.TOTP(secret).at(now + timedelta(seconds=seconds_off))
    assert (step_of(secret, code, now, None) is not None) is taken


def test_a_code_of_a_step_that_was_used_or_passed_over_is_not_taken() -> None:
    now, step = at(1_700_000_010), 1_700_000_010 // 30
    before, present = (pyotp.TOTP(RFC_SECRET).at((step + each) * 30) for each in (-1, 0))
    assert step_of(RFC_SECRET, present, now, step) is None
    assert step_of(RFC_SECRET, before, now, step) is None
    assert step_of(RFC_SECRET, present, now, step - 1) == step


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "二八七零八二", "2870820"])
def test_what_is_no_code_is_not_taken(code: str) -> None:
    assert step_of(RFC_SECRET, code, at(59), None) is None


def test_the_address_for_the_app_names_wallet_and_account() -> None:
    uri = provisioning_uri(RFC_SECRET, "chen@example.com")
    assert uri == f"otpauth://totp/Wallet:chen%40example.com?secret={RFC_SECRET}&issuer=Wallet"


def test_recovery_codes_differ_and_may_be_typed_with_blanks_and_capitals() -> None:
    codes = new_recovery_codes()
    assert (len(set(codes)), as_typed(f" {codes[0].upper()} ")) == (10, codes[0])
