"""Card numbers are recognised, mistyped ones are not."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from wallet.contract.payloads import CardKind, CardState
from wallet.domain.cards import BankCard, bank_and_kind

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
EXPIRES = date(2026, 3, 31)


def card(frozen_at: datetime | None = None, removed_at: datetime | None = None) -> BankCard:
    return BankCard(
        "card_1", "wu", "tok", "jianghai", "0304", CardKind.DEBIT, None, EXPIRES, frozen_at, removed_at, NOW
    )


def test_a_number_tells_bank_and_kind() -> None:
    assert bank_and_kind("6200010000070304") == ("jianghai", CardKind.DEBIT)
    assert bank_and_kind("6200020000060304") == ("jianghai", CardKind.CREDIT)


@pytest.mark.parametrize("number", ["6200010000070305", "4111111111111111", "62000100000703", "6200010000O70304", ""])
def test_a_wrong_number_is_not_recognised(number: str) -> None:
    assert bank_and_kind(number) is None


def test_a_card_expires_after_its_last_day() -> None:
    assert card().state_on(EXPIRES) is CardState.ACTIVE
    assert card().state_on(date(2026, 4, 1)) is CardState.EXPIRED


def test_a_frozen_card_is_frozen_even_when_expired_and_a_removed_one_removed() -> None:
    assert card(frozen_at=NOW).state_on(date(2026, 4, 1)) is CardState.FROZEN
    assert card(frozen_at=NOW, removed_at=NOW).state_on(EXPIRES) is CardState.REMOVED
