"""ask_usage: how things are done; while a result is not known, first that it must not be done again."""

from __future__ import annotations

from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn
from actions.topics.troubleshooting import TROUBLESHOOTING, walkthrough_of
from wallet.contract.causes import Cause


class ActionAskUsage(HotlineAction):
    """Tells how to pay and top up. "Can I pay again?" sounds alike, and may cost the user his money twice."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_usage"

    async def answer(self, turn: Turn) -> Events:
        """Tell."""
        walkthrough = walkthrough_of(turn)
        finding = walkthrough.finding if walkthrough else None
        if walkthrough and finding and finding.cause == Cause.RESULT_UNKNOWN.value:
            TROUBLESHOOTING[walkthrough.topic].explain(turn, walkthrough)
        else:
            turn.say("utter_usage")
        return []
