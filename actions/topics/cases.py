"""check_case: how a hand-off stands, told to those whose it is."""

from __future__ import annotations

from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import CASE, Handoff, handoff_of, is_waiting, stand_in_queue
from actions.dialogue.turn import Turn
from actions.gateway.desk_client import Case
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import current_gateway


class ActionCheckCase(HotlineAction):
    """Tells how the newest case stands, or the one whose number is named, to those whose case it is."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_check_case"

    async def answer(self, turn: Turn) -> Events:
        """The place in the queue or the case's state; a case of somebody else is as good as none."""
        number, handoff = turn.entity("case_number"), handoff_of(turn)
        if handoff and is_waiting(handoff) and number in (None, handoff["number"]):
            # The walkthrough, if one is running, goes on.
            return [
                event for event in await stand_in_queue(turn, current_gateway(), handoff) if event["name"] == "handoff"
            ]
        kept = handoff if handoff and handoff["state"] == CASE else None
        try:
            case = await self._find(turn, number or (kept["number"] if kept else None))
        except GatewayError:
            self._say_away(turn, kept)
            return []
        if case:
            turn.say(f"utter_case_{case.state}", number=case.number, due=case.due_at, created=case.created_at)
        else:
            turn.say("utter_case_none")
        return []

    def _say_away(self, turn: Turn, kept: Handoff | None) -> None:
        if kept:
            turn.say("utter_case_desk_away_kept", number=kept["number"])
        else:
            turn.say("utter_case_desk_away")

    async def _find(self, turn: Turn, number: str | None) -> Case | None:
        desk, speaker = current_gateway().desk, turn.speaker
        if number is None:
            return await desk.newest_case(user_id=speaker.user_id, conversation_id=speaker.conversation_id)
        case = await desk.case(number)
        if case is None:
            return None
        is_own = case.conversation_id == speaker.conversation_id or (
            speaker.is_verified and case.user_id == speaker.user_id
        )
        return case if is_own else None
