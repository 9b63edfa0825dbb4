"""The table of causes is complete, and keeps its secrets."""

from __future__ import annotations

import pytest

from wallet.contract.causes import CAUSES, Cause, cause_of_issuer_code, cause_to_tell


def test_every_cause_has_a_row() -> None:
    assert set(CAUSES) == set(Cause)


def test_no_issuer_code_stands_for_two_causes() -> None:
    codes = [code for rule in CAUSES.values() for code in rule.issuer_codes]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("51", Cause.INSUFFICIENT_FUNDS),
        ("54", Cause.CARD_EXPIRED),
        ("59", Cause.RISK_DECLINED),
        ("41", Cause.CARD_LOST),
        ("68", Cause.RESULT_UNKNOWN),
        ("1A", Cause.AUTHENTICATION_NEEDED),
    ],
)
def test_an_issuer_code_stands_for_its_cause(code: str, cause: Cause) -> None:
    assert cause_of_issuer_code(code) is cause


def test_an_unknown_code_is_a_decline_without_a_reason() -> None:
    assert cause_of_issuer_code("ZZ") is Cause.ISSUER_DECLINED


@pytest.mark.parametrize("cause", [Cause.RISK_DECLINED, Cause.CARD_LOST, Cause.CARD_STOLEN])
def test_what_may_not_be_told_sounds_like_a_decline_without_a_reason(cause: Cause) -> None:
    assert cause_to_tell(cause) is Cause.ISSUER_DECLINED


def test_every_other_cause_is_told_as_it_is() -> None:
    told = {cause for cause in Cause if cause_to_tell(cause) is cause}
    assert told == set(Cause) - {Cause.RISK_DECLINED, Cause.CARD_LOST, Cause.CARD_STOLEN}
