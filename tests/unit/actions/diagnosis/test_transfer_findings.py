"""Why transfers and withdrawals failed: facts in, findings out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.diagnosis.transfer import Meant, TransferFacts, diagnose_transfers, names_recipient, transfer_finding
from tests.fakes.accounts import NOW, ago, card, limits, transfer, withdrawal, yuan
from wallet.contract.causes import Cause
from wallet.contract.payloads import Limits, LocalizedText, MovementStatus
from wallet.contract.transfers import Transfer, TransferKind

DONE = {"status": MovementStatus.SUCCEEDED, "cause": None}


def subjects(*transfers: Transfer, meant: Meant = Meant()) -> list[str | None]:  # noqa: B008
    """Ids of the findings; transfers newest first."""
    return [finding.subject for finding in diagnose_transfers(TransferFacts(list(transfers), limits()), meant)]


@pytest.mark.parametrize(
    ("cause", "of_transfer", "of_withdrawal"),
    [
        (Cause.RECIPIENT_NOT_FOUND, "recipient_not_found", "recipient_not_found"),
        (Cause.RECIPIENT_NOT_ALLOWED, "recipient_not_allowed", "recipient_not_allowed"),
        (Cause.BALANCE_TOO_LOW, "balance_too_low", "balance_too_low"),
        (Cause.INSUFFICIENT_FUNDS, "balance_too_low", "balance_too_low"),
        (Cause.IDENTITY_INCOMPLETE, "identity_incomplete", "identity_incomplete"),
        (Cause.ACCOUNT_FROZEN, "account_frozen", "account_frozen"),
        (Cause.ACCOUNT_LOCKED, "account_was_locked", "account_was_locked"),
        (Cause.ISSUER_DECLINED, "issuer_declined_without_card", "issuer_declined"),
        (Cause.RISK_DECLINED, "issuer_declined_without_card", "issuer_declined"),
        (Cause.CARD_EXPIRED, "transfer_unexplained", "card_expired"),
        (Cause.CHANNEL_DOWN, "transfer_unexplained", "withdrawal_channel_down"),
        (Cause.CHANNEL_UNSUPPORTED, "transfer_unexplained", "withdrawal_channel_unsupported"),
        (Cause.BELOW_MINIMUM, "transfer_unexplained", "withdrawal_below_minimum"),
        (Cause.ABOVE_MAXIMUM, "transfer_unexplained", "withdrawal_above_maximum"),
        (None, "issuer_declined_without_card", "issuer_declined"),
    ],
)
def test_each_cause_has_its_plan(cause: Cause | None, of_transfer: str, of_withdrawal: str) -> None:
    assert transfer_finding(transfer(cause=cause), limits()).plan == of_transfer
    assert transfer_finding(withdrawal(cause=cause), limits()).plan == of_withdrawal


@pytest.mark.parametrize("status", [MovementStatus.UNKNOWN, MovementStatus.PENDING])
@pytest.mark.parametrize("cause", [Cause.RESULT_UNKNOWN, None])
def test_one_without_a_result_is_unknown_until_a_time(status: MovementStatus, cause: Cause | None) -> None:
    due = NOW + timedelta(hours=1)
    finding = transfer_finding(withdrawal(status=status, cause=cause, result_expected_by=due), limits())

    assert (finding.cause, finding.told) == ("result_unknown", "transfer_result_unknown")
    assert finding.values["result_by"] == due


def test_one_that_came_back_is_a_finding_until_it_is_sent_again() -> None:
    came_back = withdrawal(status=MovementStatus.REVERSED, cause=None)

    assert transfer_finding(came_back, limits()).told == "transfer_came_back"
    assert subjects(withdrawal("trf_9", created_at=ago(hours=1), **DONE), came_back) == []


def test_one_that_went_through_is_none_and_makes_the_failed_one_before_it_good() -> None:
    assert subjects(transfer("trf_9", created_at=ago(hours=1), **DONE), transfer()) == []


@pytest.mark.parametrize(
    "other",
    [
        transfer("trf_9", created_at=ago(hours=1), amount=yuan("501"), **DONE),
        transfer("trf_9", created_at=ago(hours=1), recipient_masked="139****0003", **DONE),
        withdrawal("trf_9", created_at=ago(hours=1), **DONE),
    ],
    ids=["other amount", "other recipient", "withdrawn"],
)
def test_another_one_does_not_make_it_good(other: Transfer) -> None:
    assert subjects(other, transfer()) == ["trf_1"]


@pytest.mark.parametrize(
    "meant",
    [
        Meant(id="trf_3"),
        Meant(amount=yuan("88")),
        Meant(kind=TransferKind.WITHDRAWAL),
        Meant(text="提到尾号8888的卡没到"),
    ],
    ids=["id", "amount", "kind", "card"],
)
def test_what_the_user_named_comes_before_what_is_newer(meant: Meant) -> None:
    named = withdrawal("trf_3", amount=yuan("88"), card=card(last_four="8888"), created_at=ago(days=1))

    assert subjects(transfer(), named, meant=meant) == ["trf_3", "trf_1"]


@pytest.mark.parametrize(
    ("masked", "text", "is_named"),
    [
        ("138****0002", "转给尾号0002的没到", True),
        ("138****0002", "I sent it to 13812340002", True),
        ("138****0002", "转给尾号0003的没到", False),
        ("138****0002", "单号20260002", False),
        ("l***i@example.com", "sent to Lili@example.com", True),
        ("l***i@example.com", "sent to lulu@example.com", False),
        ("李*", "转给李雷的钱", True),
        ("李*", "转给韩梅梅的钱", False),
        ("****", "转账失败", False),
        (None, "转账失败", False),
    ],
)
def test_a_recipient_is_known_by_what_the_mask_shows(masked: str | None, text: str, is_named: bool) -> None:
    assert names_recipient(text, transfer(recipient_masked=masked)) is is_named


@pytest.mark.parametrize(
    ("cause", "amount", "met", "plan"),
    [
        (Cause.OVER_PAYMENT_LIMIT, "6000", limits(), "over_payment_limit"),
        (Cause.OVER_PAYMENT_LIMIT, "60000", limits(per_payment=yuan("20000")), "over_payment_limit_at_maximum"),
        (Cause.OVER_PAYMENT_LIMIT, "500", limits(), "transfer_over_limit_then"),
        (Cause.OVER_DAILY_LIMIT, "500", limits(), "over_daily_limit"),
        (Cause.OVER_DAILY_LIMIT, "60000", limits(per_day=yuan("50000")), "over_daily_limit_at_maximum"),
        (Cause.OVER_DAILY_LIMIT, "5", limits(), "transfer_over_limit_then"),
    ],
)
def test_limits_are_judged_as_they_are_now(cause: Cause, amount: str, met: Limits, plan: str) -> None:
    assert transfer_finding(transfer(cause=cause, amount=yuan(amount)), met).plan == plan


def test_more_than_a_whole_day_allows_is_over_the_limit_on_any_day() -> None:
    earlier = limits().resets_at - timedelta(days=3)
    sent = transfer(cause=Cause.OVER_DAILY_LIMIT, amount=yuan("60000"), created_at=earlier)
    assert transfer_finding(sent, limits()).plan == "over_daily_limit"


def test_a_daily_limit_is_told_with_what_is_used_and_when_it_resets() -> None:
    values = transfer_finding(transfer(cause=Cause.OVER_DAILY_LIMIT), limits()).values

    assert (values["limit"], values["used"], values["left"]) == (yuan("10000"), yuan("9800"), yuan("200"))
    assert values["resets_at"] == limits().resets_at


def test_the_recipient_is_told_masked_and_a_card_by_its_bank_and_last_four() -> None:
    to_user, to_card = transfer_finding(transfer(), limits()), transfer_finding(withdrawal(), limits())

    assert to_user.values["recipient"] == "138****0002"
    assert to_card.values["recipient"] == LocalizedText("江海银行 *0304", "Jianghai Bank *0304")
