"""One key, one movement: how a repeated request is told from a new one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from wallet.contract.money import Money


@dataclass(frozen=True)
class UsedKey:
    """An Idempotency-Key a user has spent, what for, and the movement it made."""

    user_id: str
    key: str
    fingerprint: str
    movement_id: str


def fingerprint(what: str, amount: Money, *particulars: str | None) -> str:
    """The same for the same request, another for any other."""
    text = json.dumps([what, amount.minor, amount.currency, *particulars])
    return hashlib.sha256(text.encode()).hexdigest()
