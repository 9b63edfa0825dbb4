"""report_fraud: protect first, after one confirmation, then a person at once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.fraud import suspicious_payments
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register
from wallet.contract.payloads import AccountStatus, Card, CardState

_LOOK_BACK = timedelta(days=14)


class Fraud(Troubleshooting):
    """Payments from an unusual device are shown; what gets frozen follows what the user says was lost."""

    topic = "report_fraud"
    name = "fraud"
    asks_who = False  # a person asks that, at once

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """What to freeze, first; then the payments that look like somebody else's, for the person."""
        state, payments, cards = await asyncio.gather(
            wallet.login_state(user_id), wallet.payments(user_id, turn.now - _LOOK_BACK), wallet.cards(user_id)
        )
        suspicious = suspicious_payments(payments)
        if state.status is AccountStatus.FROZEN:
            return [Finding("fraud_reported", "already_frozen", "already_frozen"), *suspicious]
        for finding in suspicious[:1]:
            turn.say("utter_fraud_other_device", **finding.values)
        return [_what_to_freeze(turn, cards), *suspicious]

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> None:
        """Nothing to see: a person takes over."""

    async def operate(
        self, operation: str, turn: Turn, wallet: WalletClient, user_id: str, finding: Finding
    ) -> dict[str, Any]:
        """Freeze the card or the account."""
        if operation == "freeze_card":
            frozen = await wallet.freeze_card(user_id, str(finding.values["card_id"]))
        elif operation == "freeze_account":
            frozen = await wallet.freeze_account(user_id)
        else:
            raise NotImplementedError(operation)
        return {"at": frozen.frozen_at}


def _what_to_freeze(turn: Turn, cards: list[Card]) -> Finding:
    """The one active card if a card was lost, else the whole account."""
    active = [card for card in cards if card.state is CardState.ACTIVE]
    if turn.entity("lost") == "card" and len(active) == 1:
        card = active[0]
        values = {"card_id": card.id, "bank": card.bank, "last_four": card.last_four}
        return Finding("card_lost_reported", "protect_first", "freeze_card", values=values)
    return Finding("fraud_reported", "protect_first", "freeze_account")


class ActionStartFraud(StartAction):
    """Offers to freeze; a guest, and a user whose wallet is away, goes to a person at once."""

    troubleshooting = register(Fraud())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_fraud"
