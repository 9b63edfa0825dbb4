"""payment_failure: the walkthrough of a payment that did not go through."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import is_troubled
from actions.diagnosis.payment import REFUNDED, PaymentFacts, diagnose_payments, payment_finding
from actions.dialogue.movement import MovementFailure, Seen
from actions.dialogue.turn import Turn
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register
from wallet.contract.payloads import Payment

_LOOK_BACK = timedelta(days=7)


class PaymentFailure(MovementFailure):
    """Payments of the last week, judged by what the wallet recorded of them."""

    topic = "payment_failure"
    name = "payment"

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """Findings about failed payments, the one that was named first, by its id or amount."""
        return diagnose_payments(await _facts(turn, wallet, user_id), turn.amount(), turn.entity("transaction_id"))

    async def look(self, turn: Turn, wallet: WalletClient, user_id: str) -> Seen:
        """The payments of the last week."""
        facts = await _facts(turn, wallet, user_id)
        troubled = filter(is_troubled, facts.payments)
        findings = {payment.id: payment_finding(payment, facts.limits) for payment in troubled}
        return Seen(facts.payments, findings, facts.limits)

    def success_values(self, movement: Payment) -> dict[str, Any]:
        """Amount, merchant and time."""
        return {"amount": movement.amount, "merchant": movement.merchant, "at": movement.created_at}

    def movement_name(self, finding: Finding) -> str:
        """A payment whose money came back is not told as one that failed."""
        return REFUNDED if finding.told == REFUNDED else self.name


async def _facts(turn: Turn, wallet: WalletClient, user_id: str) -> PaymentFacts:
    payments, limits = await asyncio.gather(wallet.payments(user_id, turn.now - _LOOK_BACK), wallet.limits(user_id))
    return PaymentFacts(payments, limits)


class ActionStartPayment(StartAction):
    """Starts the walkthrough of a failed payment."""

    troubleshooting = register(PaymentFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_payment"
