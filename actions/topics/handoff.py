"""request_human, the changes that the desk tells of, and a session that begins while a person has the conversation."""

from __future__ import annotations

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import (
    ANSWERED,
    CASE,
    Handoff,
    hand_over,
    handoff_of,
    is_waiting,
    person_of,
    rating_buttons,
    set_slot,
    tell,
)
from actions.dialogue.packet import Reason
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.gateway import current_gateway
from actions.topics.troubleshooting import TROUBLESHOOTING, close_episode, urgent, wait_on, walkthrough_of

_LONGEST_QUOTE = 200  # characters
# What a person's service leaves behind for the next day; all else a new session may forget.
_KEPT_SLOTS = (slots.LANGUAGE, slots.HANDOFF)


class ActionHandOver(HotlineAction):
    """Hands over at once. Who asks again while he waits hears where he stands."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_hand_over"

    async def answer(self, turn: Turn) -> Events:
        """The hand-off that waits, or a new one."""
        return await hand_over_once(turn, Reason.ASKED)


async def hand_over_once(turn: Turn, reason: Reason) -> Events:
    """Hand over with what was gathered last. A case is asked for again by its number, unless there is more to tell."""
    gateway, walkthrough, handoff = current_gateway(), walkthrough_of(turn), handoff_of(turn)
    if handoff and is_waiting(handoff):
        return await wait_on(turn, handoff, reason, walkthrough)
    episode = turn.tracker.get_slot(slots.EPISODE) or {}
    was_handed_over = episode.get("outcome") == "handed_over"
    is_known = walkthrough is None and (was_handed_over or not episode.get("outcome"))
    number = handoff["number"] if handoff and handoff["state"] == CASE and is_known else None
    # What an earlier hand-off brought along belongs to that one.
    before = episode.get("walkthrough") if number or not was_handed_over else None
    gathered = walkthrough or Walkthrough.from_slot(before)
    return await hand_over(turn, gateway, urgent(reason, gathered), gathered, number)


class ActionTellHandoff(HotlineAction):
    """Tells the user a change that the desk has made; run by the desk's endpoint when the slot is set."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_tell_handoff"

    async def answer(self, turn: Turn) -> Events:
        """One line; after a person's service also how to go on and what it was worth."""
        handoff = handoff_of(turn)
        if handoff is None:
            return []
        tell(turn, handoff)
        if handoff["state"] in ANSWERED:
            self._go_on(turn, handoff)
        if handoff["change"] != "claim":
            return []
        # What the user tells the person is no answer to a step, and the person has what was told of a refund.
        walkthrough = walkthrough_of(turn)
        closed = close_episode(walkthrough, "handed_over") if walkthrough else []
        return [*closed, *([set_slot(slots.REFUND, None)] if turn.tracker.get_slot(slots.REFUND) else [])]

    def _go_on(self, turn: Turn, handoff: Handoff) -> None:
        topic, words = handoff.get("topic"), turn.person_said_last()
        if handoff["change"] == "return":
            if words:
                turn.say("utter_person_said", agent=person_of(turn, handoff), words=words[:_LONGEST_QUOTE])
            if topic in TROUBLESHOOTING:
                again = turn.button(f"topic_{topic}", f"/{topic}")
                turn.say("utter_go_on_with", [again], topic=turn.word(f"topic_{topic}"))
            else:
                turn.say("utter_what_else")
        if handoff.get("answered"):
            turn.say("utter_ask_rating_person", rating_buttons(turn, "person"), agent=person_of(turn, handoff))


class ActionStartSession(HotlineAction):
    """Begins a session. Unlike Rasa's own it leaves a conversation with the person who has it."""

    def name(self) -> str:
        """The name by which Rasa finds it."""
        return "action_session_start"

    async def answer(self, turn: Turn) -> Events:
        """The start, what is kept, whether the bot is silent."""
        kept = [(name, turn.tracker.get_slot(name)) for name in _KEPT_SLOTS]
        paused = [{"event": "pause"}] if turn.tracker.is_paused() else []
        return [
            {"event": "session_started"},
            *(set_slot(name, value) for name, value in kept if value is not None),
            *paused,
            {"event": "action", "name": "action_listen"},
        ]
