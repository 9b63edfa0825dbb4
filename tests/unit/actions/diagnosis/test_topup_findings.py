"""Why top-ups failed: facts in, findings out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.diagnosis.finding import Finding
from actions.diagnosis.topup import TopupFacts, diagnose_topups, usable_channels
from tests.fakes.accounts import NOW, ago, card, channel, incident, topup, yuan
from wallet.contract.causes import Cause
from wallet.contract.payloads import CardKind, LocalizedText, MovementStatus, Topup, TopupChannel

OPEN = channel()
DOWN = channel(incident=incident())
DOWN_OPEN_END = channel(incident=incident(expected_end=None))
CLOSED = channel(enabled=False)
OTHER = channel("apple_pay", card_kinds=[CardKind.DEBIT, CardKind.CREDIT])


def finding(made: Topup, *channels: TopupChannel) -> Finding:
    """The only finding."""
    (found,) = diagnose_topups(TopupFacts([made], list(channels)))
    return found


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (Cause.INSUFFICIENT_FUNDS, "insufficient_funds"),
        (Cause.BALANCE_TOO_LOW, "balance_too_low"),
        (Cause.OVER_PAYMENT_LIMIT, "over_card_limit"),
        (Cause.OVER_DAILY_LIMIT, "over_card_limit"),
        (Cause.CARD_EXPIRED, "card_expired"),
        (Cause.CARD_DETAILS_OUTDATED, "card_details_outdated"),
        (Cause.CARD_FROZEN, "card_frozen"),
        (Cause.WRONG_PIN, "wrong_pin"),
        (Cause.PIN_TRIES_EXCEEDED, "pin_tries_exceeded"),
        (Cause.CHANNEL_UNSUPPORTED, "channel_unsupported"),
        (Cause.BELOW_MINIMUM, "below_minimum"),
        (Cause.ABOVE_MAXIMUM, "above_maximum"),
        (Cause.ISSUER_DECLINED, "issuer_declined"),
        (Cause.RISK_DECLINED, "issuer_declined"),
        (Cause.CARD_LOST, "issuer_declined"),
        (Cause.CARD_STOLEN, "issuer_declined"),
        (Cause.AUTHENTICATION_NEEDED, "authentication_needed"),
        (Cause.ACCOUNT_FROZEN, "account_frozen"),
        (Cause.ACCOUNT_LOCKED, "account_was_locked"),
        (Cause.IDENTITY_INCOMPLETE, "identity_incomplete"),
        (None, "issuer_declined"),
    ],
)
def test_each_cause_has_the_words_that_may_be_told_and_their_plan(cause: Cause | None, told: str) -> None:
    found = finding(topup(cause=cause), OPEN, OTHER)

    assert (found.told, found.plan) == (told, told)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (DOWN, "channel_down"),
        (DOWN_OPEN_END, "channel_down_open_end"),
        (OPEN, "channel_back"),
        (CLOSED, "channel_down_unannounced"),
        (None, "channel_down_unannounced"),
    ],
    ids=["incident with an end", "incident without an end", "back", "closed without a word", "not listed any more"],
)
def test_a_channel_that_was_down_is_told_as_it_stands_now(now: TopupChannel | None, told: str) -> None:
    found = finding(topup(cause=Cause.CHANNEL_DOWN), *([now] if now else []), OTHER)

    assert (found.cause, found.told, found.plan) == ("channel_down", told, told)


@pytest.mark.parametrize(
    ("cause", "now", "plan"),
    [
        (Cause.CHANNEL_DOWN, DOWN, "channel_down_no_other"),
        (Cause.CHANNEL_DOWN, DOWN_OPEN_END, "channel_down_open_end_no_other"),
        (Cause.CHANNEL_UNSUPPORTED, OPEN, "channel_unsupported_no_other"),
    ],
)
def test_no_other_channel_is_advised_where_none_would_take_it(cause: Cause, now: TopupChannel, plan: str) -> None:
    assert finding(topup(cause=cause), now).plan == plan


@pytest.mark.parametrize("status", [MovementStatus.UNKNOWN, MovementStatus.PENDING])
def test_a_topup_without_a_result_is_unknown(status: MovementStatus) -> None:
    due = NOW + timedelta(hours=1)
    found = finding(topup(status=status, cause=Cause.CHANNEL_DOWN, result_expected_by=due), DOWN)

    assert (found.cause, found.told, found.plan) == ("result_unknown",) * 3
    assert found.values["result_by"] == due


def test_a_topup_of_the_same_amount_that_went_through_later_makes_it_good() -> None:
    later = topup("top_2", status=MovementStatus.SUCCEEDED, cause=None, channel="apple_pay", created_at=ago(hours=1))

    assert diagnose_topups(TopupFacts([later, topup()], [OPEN])) == []


def test_the_named_amount_comes_before_the_named_channel_and_both_before_newer_ones() -> None:
    newest = topup("newest", amount=yuan("1"))
    by_channel = topup("by channel", amount=yuan("2"), channel="apple_pay", created_at=ago(hours=3))
    by_amount = topup("by amount", amount=yuan("88"), created_at=ago(hours=4))
    found = diagnose_topups(TopupFacts([newest, by_channel, by_amount], [OPEN]), yuan("88"), "apple_pay")

    assert [each.subject for each in found] == ["by amount", "by channel", "newest"]


def test_the_topup_whose_id_was_named_comes_before_all() -> None:
    newest, named = topup("newest", amount=yuan("88")), topup("named", amount=yuan("2"), created_at=ago(hours=3))
    found = diagnose_topups(TopupFacts([newest, named], [OPEN]), yuan("88"), named="named")

    assert [each.subject for each in found] == ["named", "newest"]


def test_three_findings_are_enough() -> None:
    topups = [topup(f"top_{hours}", created_at=ago(hours=hours)) for hours in (1, 2, 3, 4)]

    assert [each.subject for each in diagnose_topups(TopupFacts(topups, []))] == ["top_1", "top_2", "top_3"]


def test_an_open_incident_of_the_named_channel_is_a_finding_of_its_own() -> None:
    (found,) = diagnose_topups(TopupFacts([], [DOWN, OTHER]), channel="bank_card_debit")

    assert (found.told, found.subject) == ("channel_down", None)
    assert found.values["channels"] == [OTHER.name]


@pytest.mark.parametrize("named", ["apple_pay", None])
def test_an_incident_of_a_channel_nobody_named_is_no_finding(named: str | None) -> None:
    assert diagnose_topups(TopupFacts([], [DOWN, OTHER]), channel=named) == []


@pytest.mark.parametrize("named", ["apple_pay", None])
def test_an_incident_of_everything_is_one_finding_whatever_was_named(named: str | None) -> None:
    everything = [channel(code, incident=incident(channel_code=None)) for code in ("bank_card_debit", "apple_pay")]

    assert [each.told for each in diagnose_topups(TopupFacts([], everything), channel=named)] == ["channel_down"]


def test_a_failed_topup_says_more_than_an_incident() -> None:
    failed = topup(cause=Cause.INSUFFICIENT_FUNDS)

    assert [each.told for each in diagnose_topups(TopupFacts([failed], [DOWN]), channel="bank_card_debit")] == [
        "insufficient_funds"
    ]


@pytest.mark.parametrize(
    "unusable",
    [
        channel("apple_pay", enabled=False),
        channel("apple_pay", incident=incident()),
        channel("apple_pay", card_kinds=[CardKind.CREDIT]),
        channel("apple_pay", minimum=yuan("500.01")),
        channel("apple_pay", maximum=yuan("499.99")),
        channel("bank_card_debit"),
    ],
    ids=["closed", "incident", "other kind of card", "amount too small", "amount too big", "the same"],
)
def test_a_channel_that_would_not_take_the_topup_is_not_advised(unusable: TopupChannel) -> None:
    assert usable_channels(topup(), [unusable]) == []


def test_channels_that_need_no_card_and_take_exactly_this_amount_are_advised() -> None:
    name = LocalizedText("便利店", "shop")
    exact = channel("store", name=name, card_kinds=[], minimum=yuan("500"), maximum=yuan("500"))

    assert usable_channels(topup(), [exact]) == [name]
    assert usable_channels(topup(card=None), [channel("apple_pay", name=name)]) == [name]


def test_a_channel_is_called_by_its_name_and_by_its_code_once_it_is_gone() -> None:
    assert finding(topup(), OPEN).values["channel"] == OPEN.name
    assert finding(topup(channel="old")).values["channel"] == LocalizedText("old", "old")


def test_a_topup_by_card_names_the_card() -> None:
    assert finding(topup(card=card(last_four="7777"))).values["last_four"] == "7777"
