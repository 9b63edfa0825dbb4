"""payment_failure: the walkthrough of a payment that did not go through."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.movement import is_troubled
from actions.diagnosis.payment import REFUNDED, PaymentFacts, diagnose_payments, payment_finding
from actions.dialogue.movement import MovementFailure, Seen
from actions.dialogue.outcome import Check
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register
from wallet.contract.causes import Cause
from wallet.contract.payloads import Card, Limits, Payment

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
        return Seen(facts.payments, {payment.id: payment_finding(payment, facts.limits) for payment in troubled})

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> Check:
        """What the payments show; before a new one, whether the limit was raised or the card renewed."""
        check, finding = await super().check(turn, wallet, user_id, walkthrough), walkthrough.finding
        if check != Check() or finding is None:
            return check
        limits, cards = await asyncio.gather(wallet.limits(user_id), wallet.cards(user_id))
        return fix_in_place(finding, limits, cards)

    def success_values(self, movement: Payment) -> dict[str, Any]:
        """Amount, merchant and time."""
        return {"amount": movement.amount, "merchant": movement.merchant, "at": movement.created_at}

    def movement_name(self, finding: Finding) -> str:
        """A payment whose money came back is not told as one that failed."""
        return REFUNDED if finding.told == REFUNDED else self.name


def fix_in_place(finding: Finding, limits: Limits, cards: list[Card]) -> Check:
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


async def _facts(turn: Turn, wallet: WalletClient, user_id: str) -> PaymentFacts:
    payments, limits = await asyncio.gather(wallet.payments(user_id, turn.now - _LOOK_BACK), wallet.limits(user_id))
    return PaymentFacts(payments, limits)


class ActionStartPayment(StartAction):
    """Starts the walkthrough of a failed payment."""

    troubleshooting = register(PaymentFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_payment"
