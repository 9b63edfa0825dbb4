"""Who may send to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.domain.currency import ZERO, yuan
from wallet.domain.transfers import refusal_by_recipient, refusal_by_sender
from wallet.domain.users import User

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
SENDER = User("chen", "13800001001", None, "陈静", "zh", 2, False, True, True, None, None, NOW)
RECIPIENT = replace(SENDER, id="li", phone="13800001002")
FROZEN, CLOSED = replace(RECIPIENT, frozen_at=NOW), replace(RECIPIENT, frozen_at=NOW, closed_at=NOW)
FIRST_LEVEL = replace(RECIPIENT, identity_level=1)


@pytest.mark.parametrize(
    ("recipient", "balance", "cause"),
    [
        (RECIPIENT, ZERO, None),
        (None, ZERO, Cause.RECIPIENT_NOT_FOUND),
        (CLOSED, ZERO, Cause.RECIPIENT_NOT_FOUND),
        (SENDER, ZERO, Cause.RECIPIENT_NOT_ALLOWED),
        (FROZEN, ZERO, Cause.RECIPIENT_NOT_ALLOWED),
        (FIRST_LEVEL, yuan(4_900), None),
        (FIRST_LEVEL, yuan(4_901), Cause.RECIPIENT_NOT_ALLOWED),
        (RECIPIENT, yuan(199_900), None),
        (RECIPIENT, yuan(199_901), Cause.RECIPIENT_NOT_ALLOWED),
        (replace(RECIPIENT, identity_level=3), yuan(1_000_000), None),
    ],
)
def test_a_recipient_gets_it_unless_a_rule_is_against_it(
    recipient: User | None, balance: Money, cause: Cause | None
) -> None:
    assert refusal_by_recipient(SENDER, recipient, balance, yuan(100)) is cause


@pytest.mark.parametrize(
    ("sender", "cause"),
    [
        (SENDER, None),
        (FIRST_LEVEL, Cause.IDENTITY_INCOMPLETE),
        (FROZEN, Cause.ACCOUNT_FROZEN),
        (replace(FIRST_LEVEL, frozen_at=NOW), Cause.ACCOUNT_FROZEN),
    ],
)
def test_who_is_frozen_or_hardly_known_sends_nothing(sender: User, cause: Cause | None) -> None:
    assert refusal_by_sender(sender) is cause
