"""What is to be looked up, and how it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote

from wallet.conformance.asking import Target
from wallet.conformance.checks import NotMet, NotTried, expect_items, expect_payload, expect_refusal, user_of
from wallet.contract.encoding import to_json
from wallet.contract.errors import ErrorCode
from wallet.contract.payloads import FeeQuote, LoginState, Payment

Check = Callable[[Target], None]
QUOTE = "/fees/quote?kind={kind}&channel={channel}&amount_minor={minor}&currency=CNY"


def tells(path: str, kind: type[Any]) -> Check:
    """A check that a payload about a user is there."""

    def check(target: Target) -> None:
        expect_payload(kind, target.of_user(user_of(target), path))

    return check


def lists(path: str, kind: type[Any]) -> Check:
    """A check that payloads about a user are listed."""

    def check(target: Target) -> None:
        expect_items(kind, target.of_user(user_of(target), path))

    return check


def lists_for_all(path: str, kind: type[Any]) -> Check:
    """A check that what concerns everyone is listed."""

    def check(target: Target) -> None:
        expect_items(kind, target.support(path))

    return check


def quotes_fees(target: Target) -> None:
    """The fee of an amount through a channel."""
    answer = target.support(QUOTE.format(kind="payment", channel="balance", minor=10_000))
    if answer.status == 404:
        raise NotTried("no fee is charged for payments from the balance")
    expect_payload(FeeQuote, answer)


def refuses_unknown_fee_kinds(target: Target) -> None:
    """A fee of an unknown kind, or of no amount: 400."""
    for kind, minor in (("nothing", 100), ("payment", 0), ("payment", -1)):
        answer = target.support(QUOTE.format(kind=kind, channel="balance", minor=minor))
        expect_refusal(answer, ErrorCode.INVALID_REQUEST, 400)


def masks_contacts(target: Target) -> None:
    """Phone and e-mail are told masked, or not at all."""
    state = expect_payload(LoginState, target.of_user(user_of(target), "/login-state"))
    for contact in (state.email_masked, state.phone_masked):
        if contact is not None and "*" not in contact:
            raise NotMet("a contact is told without a mask")


def lists_newest_first(target: Target) -> None:
    """Payments come newest first."""
    times = [payment.created_at for payment in _payments(target)]
    if len(times) < 2:
        raise NotTried("the user has fewer than two payments")
    if times != sorted(times, reverse=True):
        raise NotMet("the payments are in another order")


def lists_since(target: Target) -> None:
    """Nothing older than since is listed."""
    if not _payments(target):
        raise NotTried("the user has no payment")
    later = datetime.now(timezone.utc) + timedelta(days=3650)
    if _payments(target, f"?since={quote(to_json(later))}"):
        raise NotMet("payments are listed that are older than since")


def lists_up_to_a_limit(target: Target) -> None:
    """No more are listed than limit says."""
    if len(_payments(target)) < 2:
        raise NotTried("the user has fewer than two payments")
    if len(_payments(target, "?limit=1")) != 1:
        raise NotMet("limit=1 lists another number")


def refuses_bad_queries(target: Target) -> None:
    """A time without a zone, or a limit that is none: 400."""
    for query in ("since=2026-03-12T04:00:00", "since=yesterday", "limit=0", "limit=many"):
        answer = target.of_user(user_of(target), f"/payments?{query}")
        expect_refusal(answer, ErrorCode.INVALID_REQUEST, 400)


def _payments(target: Target, query: str = "") -> list[Payment]:
    return expect_items(Payment, target.of_user(user_of(target), f"/payments{query}"))
