"""How a refund stands, and which of several is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wallet.contract.money import Money
from wallet.contract.refunds import Refund, RefundRejection, RefundStatus

_OPEN = (RefundStatus.REQUESTED, RefundStatus.APPROVED)
_KNOWN_REJECTIONS = {rejection.value for rejection in RefundRejection}


def refunds_meant(refunds: list[Refund], named: str | None, amount: Money | None, text: str) -> list[Refund]:
    """Those the user may mean: by the id of the refund or its payment, the amount, the merchant, as far as one fits."""
    words = text.casefold()
    fits: tuple[Callable[[Refund], bool], ...] = (
        lambda refund: named in (refund.id, refund.payment_id),
        lambda refund: refund.amount == amount,
        lambda refund: refund.merchant.casefold() in words,
    )
    for fit in fits:
        refunds = list(filter(fit, refunds)) or refunds
    return refunds


def standing(refund: Refund, now: datetime) -> str:
    """The name of its words: its status, ``_late`` once a term has passed, ``open`` where no term is known."""
    if refund.status not in _OPEN:
        return refund.status.value
    if refund.expected_by is None:
        return "open"
    return refund.status.value if refund.expected_by > now else f"{refund.status.value}_late"


def rejection_word(refund: Refund) -> str:
    """The name of the words for why it was rejected; a wallet may have reasons that nobody else knows."""
    known = refund.rejection if refund.rejection in _KNOWN_REJECTIONS else RefundRejection.OTHER.value
    return f"refund_rejected_{known}"
