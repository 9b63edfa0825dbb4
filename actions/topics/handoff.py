"""request_human and check_case: a person in one message from anywhere, and how a case stands."""

from __future__ import annotations

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import Reason, end_of_walkthrough, hand_over
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.desk_client import Case
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import Gateway, current_gateway
from actions.topics.troubleshooting import FRAUD, walkthrough_of

_RESOLVED = "resolved"


class ActionHandOver(HotlineAction):
    """Hands over at once. Asking again while a case is open gives its number again instead of a second case."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_hand_over"

    async def answer(self, turn: Turn) -> Events:
        """The open case of this conversation, or a new one."""
        return await hand_over_once(turn, Reason.ASKED)


async def hand_over_once(turn: Turn, reason: Reason) -> Events:
    """Hand over with what was gathered last; while a case of that is open, its number again."""
    gateway, walkthrough = current_gateway(), walkthrough_of(turn)
    kept = turn.tracker.get_slot(slots.CASE)
    episode = turn.tracker.get_slot(slots.EPISODE) or {}
    is_known = walkthrough is None and episode.get("outcome") in (None, "handed_over")
    if kept and is_known:
        told = await _open_case_words(gateway, kept["number"])
        if told:
            turn.say(told, number=kept["number"])
            return end_of_walkthrough()
    gathered = walkthrough or Walkthrough.from_slot(episode.get("walkthrough"))
    if gathered and gathered.topic == FRAUD:
        reason = Reason.FRAUD
    return await hand_over(turn, gateway, reason, gathered)


async def _open_case_words(gateway: Gateway, number: str) -> str | None:
    """How to say that a case is there already; None once it is resolved."""
    try:
        case = await gateway.desk.case(number)
    except GatewayError:
        return "utter_case_waiting"
    if case is None:
        return "utter_case_waiting"
    return None if case.state == _RESOLVED else "utter_case_exists"


class ActionCheckCase(HotlineAction):
    """Tells how the newest case stands, or the one whose number is named, to those whose case it is."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_check_case"

    async def answer(self, turn: Turn) -> Events:
        """The case's state; a case of somebody else is as good as none."""
        number = turn.entity("case_number")
        kept = turn.tracker.get_slot(slots.CASE)
        try:
            case = await self._find(turn, number or (kept["number"] if kept else None))
        except GatewayError:
            if kept:
                turn.say("utter_case_desk_away_kept", number=kept["number"])
            else:
                turn.say("utter_case_desk_away")
            return []
        if case:
            turn.say(f"utter_case_{case.state}", number=case.number, due=case.due_at, created=case.created_at)
        elif kept and number in (None, kept["number"]):
            turn.say("utter_case_waiting", number=kept["number"])
        else:
            turn.say("utter_case_none")
        return []

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
