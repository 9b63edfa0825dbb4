"""The walkthrough of a movement of money: its check looks at what came after the one that failed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import is_troubled, success_after
from actions.dialogue.outcome import Check
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from wallet.contract.causes import Cause
from wallet.contract.payloads import Payment, Topup


@dataclass(frozen=True)
class Seen:
    """Movements newest first, and the finding of each troubled one by its id."""

    movements: Sequence[Payment | Topup]
    findings: dict[str, Finding]


class MovementFailure(Troubleshooting):
    """A payment or a top-up that did not go through."""

    @abstractmethod
    async def look(self, turn: Turn, wallet: WalletClient, user_id: str) -> Seen:
        """The movements of late. Raises GatewayError."""

    @abstractmethod
    def success_values(self, movement: Any) -> dict[str, Any]:
        """What the words about one that went through need."""

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> Check:
        """One that went through since the user told of it, else one that failed anew or was settled otherwise."""
        seen = await self.look(turn, wallet, user_id)
        finding, subject, since = walkthrough.finding, None, walkthrough.started_at
        if finding:
            subject, since = finding.subject, max(finding.at or since, since)
        # While a result is unknown, another one that went through says nothing about it.
        is_unsettled = finding is not None and finding.told == Cause.RESULT_UNKNOWN.value
        success: Payment | Topup | None = success_after(seen.movements, None if is_unsettled else since, subject)
        if success:
            return Check(seen=self.success_values(success))
        known = {earlier.subject for earlier in walkthrough.findings}
        for movement in filter(is_troubled, seen.movements):
            found = seen.findings[movement.id]
            is_new = movement.id not in known and movement.created_at > since
            is_settled_otherwise = finding is not None and movement.id == subject and found.cause != finding.cause
            if is_new or is_settled_otherwise:
                return Check(failed_again=found)
        return Check()
