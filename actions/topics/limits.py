"""ask_limits: what this user may spend, what is used of it, and how far he can raise it."""

from __future__ import annotations

from actions.diagnosis.limits import daily_limit_values
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import current_gateway


class ActionAskLimits(HotlineAction):
    """The user's own limits; general words for a guest and while the wallet is away."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_limits"

    async def answer(self, turn: Turn) -> Events:
        """Tell the limits."""
        if turn.speaker.user_id is None:
            turn.say("utter_limits_guest")
            return []
        try:
            limits = await current_gateway().wallet.limits(turn.speaker.user_id)
        except GatewayError:
            turn.say("utter_limits_away")
            return []
        turn.say("utter_limits", per_payment=limits.per_payment, **daily_limit_values(limits))
        return []
