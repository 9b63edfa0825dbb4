"""What payments, top-ups and transfers have in common when one looks for the ones that went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from wallet.contract.payloads import MovementStatus, Payment, Topup
from wallet.contract.transfers import Transfer

AnyMovement = Payment | Topup | Transfer
Movement = TypeVar("Movement", Payment, Topup, Transfer)

UNSETTLED = (MovementStatus.UNKNOWN, MovementStatus.PENDING)
MOST_FINDINGS = 3


def is_troubled(movement: AnyMovement) -> bool:
    """Whether it was declined, or its result is not known yet; a transfer also if its money came back."""
    if isinstance(movement, Transfer) and movement.status is MovementStatus.REVERSED:
        return True
    return movement.status is MovementStatus.DECLINED or movement.status in UNSETTLED


def troubled_movements(movements: Sequence[Movement], named: str | None = None) -> list[Movement]:
    """The troubled ones, in the order given, without those that went through at a later try.

    The one whose id was named stays, also if it did go through later.
    """
    return [
        movement
        for movement in movements
        if is_troubled(movement) and (movement.id == named or not _made_good(movement, movements))
    ]


def _made_good(failed: Movement, movements: Sequence[Movement]) -> bool:
    return failed.status not in UNSETTLED and any(
        later.status is MovementStatus.SUCCEEDED
        and later.created_at > failed.created_at
        and _target(later) == _target(failed)
        for later in movements
    )


def _target(movement: AnyMovement) -> tuple[object, ...]:
    if isinstance(movement, Transfer):
        return (movement.kind, movement.recipient_masked, movement.amount)
    return (movement.merchant, movement.amount) if isinstance(movement, Payment) else (movement.amount,)


def success_after(movements: Sequence[AnyMovement], moment: datetime | None, subject: str | None) -> AnyMovement | None:
    """The one asked about if it went through after all, else the newest after a moment, if one is given."""
    succeeded = [movement for movement in movements if movement.status is MovementStatus.SUCCEEDED]
    own = next((movement for movement in succeeded if movement.id == subject), None)
    if own or moment is None:
        return own
    return next((movement for movement in succeeded if movement.created_at > moment), None)
