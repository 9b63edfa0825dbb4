"""transfer_failure: the walkthrough of a transfer or a withdrawal that did not arrive."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import is_troubled
from actions.diagnosis.transfer import Meant, TransferFacts, diagnose_transfers, transfer_finding
from actions.dialogue.movement import MovementFailure, Seen
from actions.dialogue.turn import Turn
from actions.gateway.errors import UnknownUser
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register
from wallet.contract.payloads import FeeKind
from wallet.contract.transfers import Transfer, TransferKind

_LOOK_BACK = timedelta(days=7)
_KINDS = {FeeKind.TRANSFER.value: TransferKind.WALLET, FeeKind.WITHDRAWAL.value: TransferKind.WITHDRAWAL}


class TransferFailure(MovementFailure):
    """Transfers and withdrawals of the last week, judged by what the wallet recorded of them."""

    topic = "transfer_failure"
    name = "transfer"

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """Findings about failed transfers, the one that was named first, by its id, amount, recipient or kind."""
        kind = _KINDS.get(turn.entity("movement") or "")
        meant = Meant(turn.entity("transaction_id"), turn.amount(), kind, turn.text)
        return diagnose_transfers(await _facts(turn, wallet, user_id), meant)

    async def look(self, turn: Turn, wallet: WalletClient, user_id: str) -> Seen:
        """The transfers of the last week."""
        facts = await _facts(turn, wallet, user_id)
        troubled = filter(is_troubled, facts.transfers)
        findings = {transfer.id: transfer_finding(transfer, facts.limits) for transfer in troubled}
        return Seen(facts.transfers, findings, facts.limits)

    def success_values(self, movement: Transfer) -> dict[str, Any]:
        """Amount and time."""
        return {"amount": movement.amount, "at": movement.created_at}

    def movement_name(self, finding: Finding) -> str:
        """A withdrawal has words of its own."""
        is_withdrawal = finding.values.get("kind") == TransferKind.WITHDRAWAL.value
        return TransferKind.WITHDRAWAL.value if is_withdrawal else self.name


async def _facts(turn: Turn, wallet: WalletClient, user_id: str) -> TransferFacts:
    limits, transfers = await asyncio.gather(wallet.limits(user_id), _transfers(turn, wallet, user_id))
    return TransferFacts(transfers, limits)


async def _transfers(turn: Turn, wallet: WalletClient, user_id: str) -> list[Transfer]:
    """None also from a wallet that moves no money to others: it answers as if it did not know the user."""
    try:
        return await wallet.transfers(user_id, turn.now - _LOOK_BACK)
    except UnknownUser:
        return []


class ActionStartTransfer(StartAction):
    """Starts the walkthrough of a failed transfer."""

    troubleshooting = register(TransferFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_transfer"

    def means_the_link(self, turn: Turn) -> bool:
        """ "Not received" alone is said of money as of a link."""
        return turn.entity("movement") is None and turn.amount() is None
