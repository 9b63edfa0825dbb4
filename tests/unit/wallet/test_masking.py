"""Masked contacts are recognisable to their owner only."""

from __future__ import annotations

import pytest

from wallet.domain.masking import mask_email, mask_login, mask_phone


@pytest.mark.parametrize(
    ("email", "masked"),
    [("chen@example.com", "c***n@example.com"), ("ab@example.com", "a***@example.com"), ("a@b.cn", "a***@b.cn")],
)
def test_an_email_keeps_its_ends(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(("phone", "masked"), [("13800001001", "138****1001"), ("5551234", "****34")])
def test_a_phone_keeps_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("login", "masked"),
    [
        ("13800000001", "138****0001"),
        ("+8613800000001", "+86****0001"),
        ("chen@example.com", "c***n@example.com"),
        ("@example.com", "***@example.com"),
        ("wang-9c41", "w***1"),
        ("x", "x***"),
    ],
)
def test_what_someone_typed_is_masked_after_its_kind(login: str, masked: str) -> None:
    assert mask_login(login) == masked
