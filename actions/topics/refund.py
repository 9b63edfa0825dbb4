"""ask_refund: where this user's refund stands, or how to ask for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions.diagnosis.refund import refunds_meant, rejection_word, standing
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Button, Turn
from actions.gateway.errors import GatewayError, UnknownUser
from actions.gateway.gateway import current_gateway
from actions.topics.troubleshooting import REFUND_ASKED
from wallet.contract.refunds import Refund

_LOOK_BACK = timedelta(days=180)
_MOST_CHOICES = 3


class ActionAskRefund(HotlineAction):
    """Tells how a proven user's refund stands; asks which one if there are several. General words for a guest."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_refund"

    async def answer(self, turn: Turn) -> Events:
        """Tell."""
        if turn.speaker.user_id is None:
            turn.say("utter_refund")
            return []
        try:
            refunds = await current_gateway().wallet.refunds(turn.speaker.user_id, turn.now - _LOOK_BACK)
        except UnknownUser:
            refunds = []
        except GatewayError:
            turn.say("utter_cannot_look")
            turn.say("utter_refund")
            return []
        meant = refunds_meant(refunds, turn.entity("transaction_id"), turn.amount(), turn.text)
        if not meant:
            turn.say("utter_refund_none")
        elif len(meant) > 1:
            turn.say(REFUND_ASKED, [*(_choice(turn, refund) for refund in meant[:_MOST_CHOICES]), _person(turn)])
        else:
            words = standing(meant[0], turn.now)
            turn.say(f"utter_refund_{words}", **_values(turn, meant[0]))
        return []


def _choice(turn: Turn, refund: Refund) -> Button:
    title = turn.word("button_refund").format(merchant=refund.merchant, amount=turn.write(refund.amount))
    return Button(title, f'/ask_refund{{"transaction_id": "{refund.id}"}}')


def _person(turn: Turn) -> Button:
    return turn.button("button_person", "/request_human")


def _values(turn: Turn, refund: Refund) -> dict[str, Any]:
    values: dict[str, Any] = {"amount": refund.amount, "merchant": refund.merchant, "requested_at": refund.requested_at}
    values |= {"decided_at": refund.decided_at or refund.requested_at, "expected_by": refund.expected_by}
    return {**values, "where": _where(turn, refund), "why": turn.word(rejection_word(refund))}


def _where(turn: Turn, refund: Refund) -> str:
    if refund.card is None:
        return turn.word("refund_to_balance")
    return turn.word("refund_to_card").format(bank=turn.write(refund.card.bank), last_four=refund.card.last_four)
