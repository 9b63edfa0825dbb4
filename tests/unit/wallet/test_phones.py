"""A phone number is the same however it is typed."""

from __future__ import annotations

import pytest

from wallet.domain.phones import as_dialled


@pytest.mark.parametrize(
    "typed", ["13800001002", "138 0000 1002", "138-0000-1002", "+86 138 0000 1002", "008613800001002", "(138)00001002"]
)
def test_separators_and_the_code_of_the_country_do_not_count(typed: str) -> None:
    assert as_dialled(typed) == "13800001002"


@pytest.mark.parametrize("typed", ["+85291234567", "02161234567", "95588", "8613800001002"])
def test_other_numbers_stay_as_they_are(typed: str) -> None:
    assert as_dialled(typed) == typed


@pytest.mark.parametrize(
    "typed", ["", " ", "abc", "1234", "138000010O2", "１３８００００１００２", "+", "1" * 16, "138\n00001002"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert as_dialled(typed) is None
