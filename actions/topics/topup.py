"""topup_failure: the walkthrough of a top-up that did not go through."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import is_troubled
from actions.diagnosis.topup import TopupFacts, diagnose_topups, topup_finding
from actions.dialogue.movement import MovementFailure, Seen
from actions.dialogue.turn import Turn
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register
from wallet.contract.payloads import Topup

_LOOK_BACK = timedelta(days=7)


class TopupFailure(MovementFailure):
    """Top-ups of the last week, the channels they took, and what is wrong with those now."""

    topic = "topup_failure"
    name = "topup"

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """Findings about failed top-ups, the one that was named first, by its id, amount or channel."""
        facts = await _facts(turn, wallet, user_id)
        return diagnose_topups(facts, turn.amount(), turn.entity("topup_channel"), turn.entity("transaction_id"))

    async def look(self, turn: Turn, wallet: WalletClient, user_id: str) -> Seen:
        """The top-ups of the last week."""
        facts = await _facts(turn, wallet, user_id)
        troubled = filter(is_troubled, facts.topups)
        return Seen(facts.topups, {topup.id: topup_finding(topup, facts.channels) for topup in troubled})

    def success_values(self, movement: Topup) -> dict[str, Any]:
        """Amount and time."""
        return {"amount": movement.amount, "at": movement.created_at}


async def _facts(turn: Turn, wallet: WalletClient, user_id: str) -> TopupFacts:
    topups, channels = await asyncio.gather(wallet.topups(user_id, turn.now - _LOOK_BACK), wallet.topup_channels())
    return TopupFacts(topups, channels)


class ActionStartTopup(StartAction):
    """Starts the walkthrough of a failed top-up."""

    troubleshooting = register(TopupFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_topup"
