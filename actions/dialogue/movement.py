"""The walkthrough of a movement of money: its check looks at what came after the one that failed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import AnyMovement, is_troubled, success_after
from actions.diagnosis.payment import REFUNDED
from actions.diagnosis.topup import CHANNEL_BACK
from actions.diagnosis.transfer import UNEXPLAINED
from actions.dialogue.outcome import Check
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from wallet.contract.causes import Cause
from wallet.contract.payloads import Card, Limits


@dataclass(frozen=True)
class Seen:
    """Movements newest first, the finding of each troubled one by its id, and the limits where they matter."""

    movements: Sequence[AnyMovement]
    findings: dict[str, Finding]
    limits: Limits | None = None


class MovementFailure(Troubleshooting):
    """A payment, a top-up or a transfer that did not go through."""

    @abstractmethod
    async def look(self, turn: Turn, wallet: WalletClient, user_id: str) -> Seen:
        """The movements of late. Raises GatewayError."""

    @abstractmethod
    def success_values(self, movement: Any) -> dict[str, Any]:
        """What the words about one that went through need."""

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> Check:
        """One that went through since the user told of it, else one that failed anew or was settled otherwise.

        Before a new one: whether the limit was raised or the card renewed.
        """
        seen = await self.look(turn, wallet, user_id)
        finding, subject, since = walkthrough.finding, None, walkthrough.started_at
        if finding:
            subject, since = finding.subject, max(finding.at or since, since)
        # Of a result that is unknown, or money that is given back, another one that went through says nothing.
        is_about_itself = finding is not None and finding.cause in (Cause.RESULT_UNKNOWN.value, REFUNDED)
        success = success_after(seen.movements, None if is_about_itself else since, subject)
        known = {earlier.subject for earlier in walkthrough.findings}

        def has_failed_anew(movement: AnyMovement) -> bool:
            is_new = movement.id not in known and movement.created_at > since
            return is_new or (
                finding is not None and movement.id == subject and _differs(seen.findings[subject], finding)
            )

        failed = next(filter(has_failed_anew, filter(is_troubled, seen.movements)), None)
        # The later one tells how it stands now: a coffee that was paid says nothing of the bill that failed after it.
        if success and (failed is None or success.id == subject or success.created_at > failed.created_at):
            return Check(seen=self.success_values(success))
        if failed:
            return Check(failed_again=seen.findings[failed.id])
        # Words that leave the cause open come without what a fix would be compared with.
        if finding is None or finding.told == UNEXPLAINED or seen.limits is None:
            return Check()
        return _fix_in_place(finding, seen.limits, await wallet.cards(user_id))


def _fix_in_place(finding: Finding, limits: Limits, cards: list[Card]) -> Check:
    """A limit raised above the one that was met, or a card that no longer ends when the expired one did."""
    limit_now = {Cause.OVER_DAILY_LIMIT.value: limits.per_day, Cause.OVER_PAYMENT_LIMIT.value: limits.per_payment}.get(
        finding.cause
    )
    if limit_now and limit_now > finding.values["limit"]:
        return Check(fixed="payment_limit_raised", values={"limit": limit_now})
    if finding.cause == Cause.CARD_EXPIRED.value:
        for card in cards:
            if card.last_four == finding.values["last_four"] and card.expires > finding.values["expires"]:
                return Check(
                    fixed="payment_card_renewed", values={"last_four": card.last_four, "expires": card.expires}
                )
    return Check()


def _differs(found: Finding, known: Finding) -> bool:
    """Whether the same movement shows something new: it was settled, or its channel is back."""
    return found.cause != known.cause or found.told == CHANNEL_BACK != known.told
