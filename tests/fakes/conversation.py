"""A conversation without Rasa: the SDK's own tracker and dispatcher, filled by a test."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.turn import Turn
from tests.fakes.accounts import NOW


class Conversation:
    """Messages, slots and what the actions said. ``user_id`` is None for a guest."""

    def __init__(
        self,
        user_id: str | None = "chen",
        language: str = "zh",
        conversation_id: str = "conversation-1",
        writer: str | None = None,
    ) -> None:
        self.user_id = user_id
        self.id = conversation_id
        self.writer = writer
        self.slots: dict[str, Any] = {"language": language}
        self.events: list[dict[str, Any]] = [{"event": "slot", "name": "language", "value": language}]
        self.dispatcher = CollectingDispatcher()
        self.is_paused = False

    def user_says(
        self, text: str = "", intent: str = "affirm", typed_login: str | None = None, **entities: str
    ) -> None:
        """Add a message of the user as Rasa records it; ``typed_login`` is what its channel has cut out of it."""
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        understood = {"name": intent, "confidence": 1.0}
        parsed = {"text": text, "intent": understood, "intent_ranking": [understood], "entities": found}
        writer = {"writer": self.writer} if self.writer else {}
        metadata = {"identity": {"user_id": self.user_id, **writer}, **({"login": typed_login} if typed_login else {})}
        self.events.append(
            {"event": "user", "text": text, "parse_data": parsed, "input_channel": "terminal", "metadata": metadata}
        )

    def person_says(self, text: str, agent: str = "李雷") -> None:
        """Add a line of a person as bot/channels/letters.py records it."""
        self.events.append({"event": "bot", "text": text, "metadata": {"author": "agent", "agent": agent}})

    def bot_says(self, response: str, text: str = "…") -> None:
        """Add an answer of the bot as Rasa records it."""
        self.events.append({"event": "bot", "text": text, "metadata": {"utter_action": response}})

    @property
    def tracker(self) -> Tracker:
        """The conversation as an action gets it."""
        messages = [event for event in self.events if event["event"] == "user"]
        latest = messages[-1]["parse_data"] if messages else {}
        return Tracker(self.id, self.slots, latest, self.events, self.is_paused, None, {}, None)

    def hand_off(self, state: str = "queued", **more: Any) -> None:
        """Let the conversation stand at this place between bot and person."""
        self.slots["handoff"] = {"number": "WH-7K3M-Q9TD", "reason": "asked", "topic": None, "state": state, **more}

    def turn(self, now: datetime = NOW) -> Turn:
        """The newest message with what surrounds it, at a time of the test's choice."""
        if not any(event["event"] == "user" for event in self.events):
            self.user_says()
        turn = Turn(self.tracker, self.dispatcher)
        turn.now = now
        return turn

    @property
    def said(self) -> list[str]:
        """Names of the responses that were uttered, in order."""
        return [str(message["response"]) for message in self.dispatcher.messages]

    def values(self, response: str) -> dict[str, Any]:
        """What a response was uttered with. Fails when it was not."""
        return next(message for message in self.dispatcher.messages if message["response"] == response)

    def payloads(self) -> list[str]:
        """What the buttons of the last answer stand for."""
        return [str(button["payload"]) for button in self.dispatcher.messages[-1]["buttons"]]

    def forget_answers(self) -> None:
        """Begin a new turn."""
        self.dispatcher.messages.clear()

    def remember(self, events: list[dict[str, Any]]) -> None:
        """Set the slots that an action's events set, and record that they were set."""
        changes = [event for event in events if event["event"] == "slot"]
        self.events += changes
        self.slots |= {event["name"]: event["value"] for event in changes}
