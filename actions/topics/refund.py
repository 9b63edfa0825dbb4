"""ask_refund: where this user's refund stands, or how to ask for one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rasa_sdk.events import SlotSet

from actions.diagnosis.finding import Finding
from actions.diagnosis.refund import no_refund, refund_finding, refunds_meant, rejection_word
from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Button, Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError, UnknownUser
from actions.gateway.gateway import current_gateway
from actions.topics.troubleshooting import REFUND_ASKED
from wallet.contract.refunds import Refund

_LOOK_BACK = timedelta(days=180)
_MOST_CHOICES = 3
# What was done about it, as the desk shows it: the step and how it ended.
_TOLD, _ASKED = ("tell_refund", "told"), ("choose_refund", "asked")


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
        return self._tell(turn, refunds)

    def _tell(self, turn: Turn, refunds: list[Refund]) -> Events:
        """The one that is meant, or which ones there are; what of it a person has to know, should one be asked for."""
        named, amount = turn.entity("transaction_id"), turn.amount()
        meant = refunds_meant(refunds, named, amount, turn.text)
        if not refunds:
            turn.say("utter_refund_none")
            return [SlotSet(slots.REFUND, None)]
        if not meant:
            turn.say("utter_refund_none_for_this", _choices(turn, refunds))
            return _remember(turn, [no_refund(named, amount)], _TOLD)
        findings = [refund_finding(refund, turn.now) for refund in meant[:_MOST_CHOICES]]
        if len(meant) > 1:
            turn.say(REFUND_ASKED, _choices(turn, meant))
            return _remember(turn, findings, _ASKED)
        words = findings[0].told
        turn.say(f"utter_refund_{words}", **_values(turn, meant[0]))
        return _remember(turn, findings, _TOLD)


def _remember(turn: Turn, findings: list[Finding], step: tuple[str, str]) -> Events:
    """Kept as a walkthrough is, so that the packet of a hand-off has both alike."""
    told = Walkthrough("ask_refund", turn.now, Source.ACCOUNT, tuple(findings)).record(*step, turn.now)
    return [SlotSet(slots.REFUND, told.to_slot())]


def _choices(turn: Turn, refunds: list[Refund]) -> list[Button]:
    person = turn.button("button_person", "/request_human")
    return [*(_choice(turn, refund) for refund in refunds[:_MOST_CHOICES]), person]


def _choice(turn: Turn, refund: Refund) -> Button:
    title = turn.word("button_refund").format(merchant=refund.merchant, amount=turn.write(refund.amount))
    return Button(title, f'/ask_refund{{"transaction_id": "{refund.id}"}}')


def _values(turn: Turn, refund: Refund) -> dict[str, Any]:
    values: dict[str, Any] = {"amount": refund.amount, "merchant": refund.merchant, "requested_at": refund.requested_at}
    values |= {"decided_at": refund.decided_at or refund.requested_at, "expected_by": refund.expected_by}
    return {**values, "where": _where(turn, refund), "why": turn.word(rejection_word(refund))}


def _where(turn: Turn, refund: Refund) -> str:
    if refund.card is None:
        return turn.word("refund_to_balance")
    return turn.word("refund_to_card").format(bank=turn.write(refund.card.bank), last_four=refund.card.last_four)
