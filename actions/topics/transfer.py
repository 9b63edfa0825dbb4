"""transfer_failure: the documented checklist; the account's transfers are not looked into yet."""

from __future__ import annotations

from actions.diagnosis.finding import Finding
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register


class TransferFailure(Troubleshooting):
    """Recipient, limits, and the bank's time."""

    topic = "transfer_failure"
    name = "transfer"

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """Nothing: the wallet's contract has no transfers."""
        return []

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> None:
        """Nothing to see."""


class ActionStartTransfer(StartAction):
    """Starts the checklist of a failed transfer."""

    troubleshooting = register(TransferFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_transfer"
