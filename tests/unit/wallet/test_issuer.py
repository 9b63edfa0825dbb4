"""The simulated issuer answers by the card's state, date and balance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from wallet.contract.money import Money
from wallet.contract.payloads import CardKind
from wallet.domain.issuer import IssuerCard, IssuerCardState, IssuerOrder, answer

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
EXPIRES = date(2026, 3, 31)
CARD = IssuerCard("tok", CardKind.DEBIT, Money(12000, "CNY"), IssuerCardState.ACTIVE, EXPIRES, None, None)


@pytest.mark.parametrize(
    ("card", "on_file", "minor", "code"),
    [
        (CARD, EXPIRES, 12000, "00"),
        (CARD, EXPIRES, 12001, "51"),
        (CARD, date(2026, 2, 28), 1, "54"),
        (replace(CARD, expires=date(2031, 3, 31)), EXPIRES, 1, "14"),
        (replace(CARD, state=IssuerCardState.LOST, forced_code="00"), EXPIRES, 1, "41"),
        (replace(CARD, state=IssuerCardState.STOLEN), EXPIRES, 1, "43"),
        (replace(CARD, forced_code="59"), EXPIRES, 1, "59"),
    ],
)
def test_an_authorisation_gets_its_code(card: IssuerCard, on_file: date, minor: int, code: str) -> None:
    assert answer(card, on_file, Money(minor, "CNY"), TODAY) == code


def test_a_card_is_good_on_its_last_day() -> None:
    assert answer(CARD, EXPIRES, Money(1, "CNY"), EXPIRES) == "00"
    assert answer(CARD, EXPIRES, Money(1, "CNY"), EXPIRES + timedelta(days=1)) == "54"


def test_a_query_gets_the_final_code_only_once_it_is_out() -> None:
    order = IssuerOrder("pay_1", "tok", Money(1, "CNY"), "68", "00", NOW + timedelta(hours=2))
    assert order.code_at(NOW) == "68"
    assert order.code_at(NOW + timedelta(hours=2)) == "00"
