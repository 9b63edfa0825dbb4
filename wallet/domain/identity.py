"""What comes with an identity level, besides its limits."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.money import Money
from wallet.domain.currency import yuan


@dataclass(frozen=True)
class LevelRights:
    """``may_transfer``: to other users. A transfer never lifts a balance above ``holds``; None for no such bound.

    Who topped up his own money may always have it back at his bank, so withdrawals need no level.
    """

    may_transfer: bool
    holds: Money | None


LEVEL_RIGHTS = {
    1: LevelRights(may_transfer=False, holds=yuan(5_000)),
    2: LevelRights(may_transfer=True, holds=yuan(200_000)),
    3: LevelRights(may_transfer=True, holds=None),
}


def may_receive(level: int, balance: Money, amount: Money) -> bool:
    """Whether an account of that level has room for a transfer."""
    holds = LEVEL_RIGHTS[level].holds
    return holds is None or balance + amount <= holds
