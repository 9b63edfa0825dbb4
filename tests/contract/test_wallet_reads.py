"""What the wallet's client reads is what the real wallet says, field by field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from actions.gateway.wallet_client import WalletClient
from tests.stack.wallet_app import WalletUser
from wallet.contract.causes import Cause
from wallet.contract.encoding import to_json
from wallet.contract.money import Money
from wallet.contract.payloads import AccountStatus, CardState, FeeKind, MovementStatus

MakeUser = Callable[[str], WalletUser]

LAST_WEEK = datetime.now(timezone.utc) - timedelta(days=7)


async def test_payments_with_their_causes_and_cards(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("li")
    payments = await wallet.payments(user.user_id, LAST_WEEK)
    assert to_json(payments) == user.of_me("/payments")["items"]
    assert (payments[0].status, payments[0].cause) == (MovementStatus.DECLINED, Cause.CARD_EXPIRED)
    assert payments[0].amount == Money(12850, "CNY")
    assert payments[0].card is not None and payments[0].card.state is CardState.EXPIRED


async def test_a_payment_whose_result_is_unknown_says_until_when(wallet: WalletClient, make_user: MakeUser) -> None:
    newest = (await wallet.payments(make_user("sun").user_id, LAST_WEEK))[0]
    assert newest.status is MovementStatus.UNKNOWN
    assert newest.result_expected_by is not None and newest.result_expected_by > newest.created_at


async def test_the_true_cause_of_a_risk_decline_reaches_the_support_line(
    wallet: WalletClient, make_user: MakeUser
) -> None:
    newest = (await wallet.payments(make_user("qian").user_id, LAST_WEEK))[0]
    assert newest.cause is Cause.RISK_DECLINED


async def test_payments_before_the_time_asked_for_are_left_out(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("li")
    assert await wallet.payments(user.user_id, datetime.now(timezone.utc) + timedelta(minutes=1)) == []


async def test_topups_with_their_channels(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("ma")
    topups = await wallet.topups(user.user_id, LAST_WEEK)
    assert to_json(topups) == user.of_me("/topups")["items"]
    assert (topups[0].channel, topups[0].cause) == ("bank_card_debit", Cause.CHANNEL_UNSUPPORTED)


async def test_a_locked_sign_in(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("wang")
    state = await wallet.login_state(user.user_id)
    assert to_json(state) == user.of_me("/login-state")
    assert (state.status, state.failures) == (AccountStatus.LOCKED, state.failures_allowed)
    assert state.locked_until is not None and state.attempts[0].failure is not None


async def test_limits_and_what_is_used_of_them(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("chen")
    limits = await wallet.limits(user.user_id)
    assert to_json(limits) == user.of_me("/limits")
    assert (limits.per_day, limits.used_today) == (Money(200_000, "CNY"), Money(180_000, "CNY"))


async def test_cards(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("wu")
    cards = await wallet.cards(user.user_id)
    assert to_json(cards) == user.of_me("/cards")["items"]
    assert {card.last_four for card in cards} == {"4409", "8853"}


async def test_security(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("zhou")
    security = await wallet.security(user.user_id)
    assert to_json(security) == user.of_me("/security")
    assert not security.two_factor


async def test_channels_and_their_incidents(wallet: WalletClient, make_user: MakeUser) -> None:
    user = make_user("zhao")
    channels, incidents = await wallet.topup_channels(), await wallet.incidents()
    assert to_json(channels) == user.as_support("/topup-channels")["items"]
    assert to_json(incidents) == user.as_support("/incidents")["items"]
    broken = next(channel for channel in channels if channel.code == "bank_transfer")
    assert broken.incident in incidents


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        (FeeKind.TOPUP, "bank_card_credit"),
        (FeeKind.TOPUP, "convenience_store"),
        (FeeKind.PAYMENT, "balance"),
        (FeeKind.TRANSFER, "bank_card"),
        (FeeKind.WITHDRAWAL, "bank_card"),
    ],
)
async def test_a_fee_of_every_kind_is_quoted(
    wallet: WalletClient, make_user: MakeUser, kind: FeeKind, channel: str
) -> None:
    user = make_user("wu")
    quote = await wallet.quote_fee(kind, channel, Money(100_000, "CNY"), user.user_id)
    query = f"kind={kind.value}&channel={channel}&amount_minor=100000&currency=CNY&user_id={user.user_id}"
    assert to_json(quote) == user.as_support(f"/fees/quote?{query}")


async def test_a_guest_is_quoted_the_quota_without_what_is_left_of_it(wallet: WalletClient) -> None:
    quote = await wallet.quote_fee(FeeKind.TOPUP, "bank_card_credit", Money(100_000, "CNY"), None)
    assert quote.free_quota == Money(100_000, "CNY")
    assert (quote.free_remaining, quote.fee) == (None, Money(600, "CNY"))
