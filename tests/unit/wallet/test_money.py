"""Money is whole minor units of one currency, and nothing else."""

from __future__ import annotations

import pytest

from wallet.contract.money import Money, MoneyError


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("600", "CNY", 60000), ("6,000.50", "CNY", 600050), ("0.01", "USD", 1), ("-3", "EUR", -300), ("250", "JPY", 250)],
)
def test_a_decimal_is_read_exactly(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["0.001", "abc", "", "NaN", "Infinity", "1e-5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        Money.parse(text, "CNY")


def test_a_fraction_of_a_yen_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money.parse("1.5", "JPY")


@pytest.mark.parametrize("minor", [1.0, True, "1", None])
def test_minor_units_that_are_no_whole_number_are_refused(minor: object) -> None:
    with pytest.raises(MoneyError):
        Money(minor, "CNY")  # type: ignore[arg-type]


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money(1, "XXX")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(MoneyError):
        Money(1, "CNY") + Money(1, "USD")
    with pytest.raises(MoneyError):
        assert Money(1, "CNY") < Money(1, "USD")


def test_sums_and_comparisons_are_exact() -> None:
    assert Money(10, "CNY") + Money(20, "CNY") - Money(5, "CNY") == Money(25, "CNY")
    assert -Money(10, "CNY") < Money(0, "CNY") <= Money(0, "CNY")
    assert max(Money(3, "CNY"), Money(7, "CNY")) >= Money(7, "CNY") > Money(3, "CNY")


def test_money_reads_as_people_write_it() -> None:
    assert str(Money(123456789, "CNY")) == "1,234,567.89 CNY"
    assert str(Money(250, "JPY")) == "250 JPY"
