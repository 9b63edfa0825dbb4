"""The one place where an action's failure becomes an answer."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import slots
from actions.dialogue.handoff import CASE, SERVED, WAITING, hand_over, handoff_of, set_slot
from actions.dialogue.handoff import Events as Events
from actions.dialogue.packet import Reason
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.gateway import current_gateway
from actions.gateway.request_ids import carry_request_id

logger = logging.getLogger(__name__)


class HotlineAction(Action, ABC):  # type: ignore[misc]
    """An action that sees a Turn and always leaves the user with an answer."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    @abstractmethod
    async def answer(self, turn: Turn) -> Events:
        """Say what there is to say; the events to remember."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer, or say that the bot itself failed and get a person."""
        turn = Turn(tracker, dispatcher)
        carry_request_id(turn.request_id)
        try:
            events = await self.answer(turn)
            return [*(set_slot(name, value) for name, value in turn.changed.items()), *events]
        except Exception:
            # Rasa would swallow it and the user would hear nothing.
            logger.exception("%s failed in conversation %s", self.name(), tracker.sender_id)
            return await _get_a_person(turn)


async def _get_a_person(turn: Turn) -> Events:
    """Say that the bot failed and ask for a person, unless one was asked for already."""
    handoff = handoff_of(turn)
    if handoff and handoff["state"] in SERVED:
        return []  # there is one, and the bot is silent
    if handoff and handoff["state"] in (*WAITING, CASE):
        turn.say("utter_bot_failed", [turn.button("button_person", "/request_human")])
        return []
    turn.say("utter_bot_failed")
    try:
        gathered = Walkthrough.from_slot(turn.tracker.get_slot(slots.WALKTHROUGH))
    except (KeyError, TypeError, ValueError):
        gathered = None  # the very thing that failed, perhaps
    try:
        return await hand_over(turn, current_gateway(), Reason.BOT_FAILURE, gathered)
    except Exception:
        # What failed may be the very way to a person; that the bot failed is said all the same.
        logger.exception("conversation %s could not be handed over", turn.speaker.conversation_id)
        return []
