"""How a refund stands, and which of several is meant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.diagnosis.finding import Finding
from wallet.contract.money import Money
from wallet.contract.refunds import Refund, RefundRejection, RefundStatus

_OPEN = (RefundStatus.REQUESTED, RefundStatus.APPROVED)
_KNOWN_REJECTIONS = {rejection.value for rejection in RefundRejection}


def refunds_meant(refunds: list[Refund], named: str | None, amount: Money | None, text: str) -> list[Refund]:
    """Those the user may mean: by the id of the refund or its payment, else by the amount, and by the merchant.

    None of them fits an id or an amount that no refund has: what is named there was never asked back.
    """
    if named is not None:
        refunds = [refund for refund in refunds if named in (refund.id, refund.payment_id)]
    elif amount is not None:
        refunds = [refund for refund in refunds if refund.amount == amount]
    words = text.casefold()
    return [refund for refund in refunds if refund.merchant.casefold() in words] or refunds


def standing(refund: Refund, now: datetime) -> str:
    """The name of its words: its status, ``_late`` once a term has passed, ``open`` where no term is known."""
    if refund.status not in _OPEN:
        return refund.status.value
    if refund.expected_by is None:
        return "open"
    return refund.status.value if refund.expected_by > now else f"{refund.status.value}_late"


def refund_finding(refund: Refund, now: datetime) -> Finding:
    """What a person has to know of a refund: which payment, what was asked, where it stands, what the merchant said."""
    words = standing(refund, now)
    known: dict[str, Any] = {"refund": refund.id, "merchant": refund.merchant, "amount": refund.amount}
    known |= {"refund_reason": refund.reason, "refund_rejection": refund.rejection}
    known |= {"at": refund.requested_at, "decided_at": refund.decided_at, "expected_by": refund.expected_by}
    if refund.card:
        known |= {"bank": refund.card.bank, "last_four": refund.card.last_four}
    values = {name: value for name, value in known.items() if value is not None}
    return Finding(f"refund_{words}", words, words, refund.payment_id, refund.requested_at, values)


def no_refund(named: str | None, amount: Money | None) -> Finding:
    """A payment that was named, by its id or its amount, and never asked back."""
    return Finding("refund_none", "none", "none", named, values={"amount": amount} if amount else {})


def rejection_word(refund: Refund) -> str:
    """The name of the words for why it was rejected; a wallet may have reasons that nobody else knows."""
    known = refund.rejection if refund.rejection in _KNOWN_REJECTIONS else RefundRejection.OTHER.value
    return f"refund_rejected_{known}"
