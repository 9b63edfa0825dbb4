"""ask_security: what protects the account, and what this user has not switched on yet."""

from __future__ import annotations

from actions.diagnosis.security import missing_protection
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import current_gateway


class ActionAskSecurity(HotlineAction):
    """What protects every account; for a proven user what is missing on his."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_security"

    async def answer(self, turn: Turn) -> Events:
        """Tell what protects, then what is missing."""
        turn.say("utter_security")
        if turn.speaker.user_id is None:
            return []
        try:
            security = await current_gateway().wallet.security(turn.speaker.user_id)
        except GatewayError:
            turn.say("utter_cannot_look")
            return []
        missing = missing_protection(security, turn.now)
        if missing:
            turn.say("utter_security_missing", missing=[turn.word(f"security_{name}") for name in missing])
        else:
            turn.say("utter_security_complete")
        return []
