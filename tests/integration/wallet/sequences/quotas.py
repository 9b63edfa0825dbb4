"""The free quotas that a sequence is played under, and the days and months they are counted by."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.integration.wallet.laws import MOVED_OR_MAYBE_MOVED
from tests.integration.wallet.rows import Rows

ZONE = ZoneInfo("Asia/Shanghai")

# In fen a user and month, by kind and channel. Whatever is above costs a hundredth, and amounts are whole yuan, so that
# the part which was free can be told from the fee.
FREE_QUOTAS = {
    ("payment", "balance"): 100_00,
    ("topup", "bank_card_credit"): 200_00,
    ("transfer", "wallet"): 100_00,
    ("withdrawal", "bank_card"): 100_00,
}
FEE_DIVISOR = 100


def check_quotas(rows: Rows) -> None:
    """Assert that nobody was given more than was free."""
    used: Counter[tuple[Any, ...]] = Counter()
    for row in rows.movements:
        if row.status in MOVED_OR_MAYBE_MOVED and tariff_of(row) in FREE_QUOTAS:
            used[tariff_of(row), row.user_id, month_of(row.created_at)] += free_part(row)
    for (tariff, user_id, month), fen in used.items():
        assert fen <= FREE_QUOTAS[tariff], f"{user_id} was given {fen} fen free of {tariff} in {month}"


def tariff_of(row: Any) -> tuple[str, str]:
    """The kind and the channel whose fee rule a movement is under."""
    if row.id.startswith("pay"):
        return "payment", "card" if row.card_id else "balance"
    return {"top": "topup", "trf": "transfer", "wdr": "withdrawal"}[row.id[:3]], row.channel


def free_part(row: Any) -> int:
    """How much of a movement under a rule with a free quota cost nothing, in fen."""
    return int(row.amount_minor - row.fee_minor * FEE_DIVISOR)


def day_of(moment: datetime) -> str:
    """The day a moment falls in where the wallet is."""
    return f"{moment.astimezone(ZONE):%Y-%m-%d}"


def month_of(moment: datetime) -> str:
    """The month likewise."""
    return day_of(moment)[:7]
