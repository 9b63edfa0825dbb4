"""The one place where an action's failure becomes an answer."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.turn import Turn

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


class HotlineAction(Action, ABC):  # type: ignore[misc]
    """An action that sees a Turn and always leaves the user with an answer."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    @abstractmethod
    async def answer(self, turn: Turn) -> Events:
        """Say what there is to say; the events to remember."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answer, or say that the bot itself failed and offer a person."""
        turn = Turn(tracker, dispatcher)
        try:
            return await self.answer(turn)
        except Exception:
            # Rasa would swallow it and the user would hear nothing.
            logger.exception("%s failed in conversation %s", self.name(), tracker.sender_id)
            turn.say("utter_bot_failed", [turn.button("button_person", "/request_human")])
            return []
