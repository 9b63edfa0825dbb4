"""Which payments look as if somebody else made them."""

from __future__ import annotations

from collections import Counter

from actions.diagnosis.finding import Finding
from wallet.contract.payloads import MovementStatus, Payment

UNKNOWN_DEVICE = "unknown"  # the wallet's word where the app did not name its device; that is no sign of anything
_MOST_FINDINGS = 3
_MOVED = (MovementStatus.SUCCEEDED, MovementStatus.PENDING, MovementStatus.UNKNOWN)


def suspicious_payments(payments: list[Payment]) -> list[Finding]:
    """Payments from another device than the one mostly used, newest first. It is a hint to ask about, not a verdict."""
    devices = Counter(payment.device for payment in payments)
    if not devices:
        return []
    usual, _ = devices.most_common(1)[0]
    return [
        Finding(
            "other_device",
            "other_device",
            "other_device",
            payment.id,
            payment.created_at,
            {"amount": payment.amount, "merchant": payment.merchant, "at": payment.created_at},
        )
        for payment in payments
        if payment.device not in (usual, UNKNOWN_DEVICE) and payment.status in _MOVED
    ][:_MOST_FINDINGS]
