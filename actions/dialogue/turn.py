"""One turn of a conversation, as an action sees it: who speaks, what was said, and a way to answer."""

from __future__ import annotations

import itertools
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import slots
from actions.dialogue.speaker import Speaker, metadata_of, newest_message, speaker_of
from actions.dialogue.wording import write
from actions.dialogue.words import word
from actions.settings import current_settings
from wallet.contract.money import Money, MoneyError

CURRENCY = "CNY"


@dataclass(frozen=True)
class Button:
    """A choice. ``payload`` is an intent with entities; the channel turns it into a token that only it can make."""

    title: str
    payload: str


class Turn:
    """The newest message with what surrounds it."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self.tracker = tracker
        self.language: str = tracker.get_slot(slots.LANGUAGE) or "zh"
        self.now = datetime.now(timezone.utc)
        # Slots that were set on the way, beside those that an action gives back.
        self.changed: dict[str, Any] = {}
        self._dispatcher = dispatcher

    @property
    def speaker(self) -> Speaker:
        """Who is speaking."""
        return speaker_of(self.tracker, self.now)

    def remember(self, slot: str, value: Any) -> None:
        """Set a slot, also for what still happens in this turn."""
        self.changed[slot] = value
        self.tracker.slots[slot] = value

    @property
    def said(self) -> dict[str, Any]:
        """What was typed and what it names, to be taken up later by ``as_said``."""
        message = self.tracker.latest_message or {}
        return {"text": message.get("text"), "entities": message.get("entities") or []}

    def as_said(self, said: dict[str, Any]) -> Turn:
        """The same turn with what was said earlier in the place of its own words."""
        turn = copy(self)
        turn.tracker = copy(self.tracker)
        turn.tracker.latest_message = said
        return turn

    @property
    def login(self) -> str | None:
        """The phone number or e-mail address that the message holds; the channel has cut it out of what is kept."""
        login = metadata_of(self.tracker).get("login")
        return login if isinstance(login, str) and login else None

    @property
    def text(self) -> str:
        """What the user typed."""
        return str((self.tracker.latest_message or {}).get("text") or "")

    @property
    def message_id(self) -> str | None:
        """What its sender called the newest message."""
        return newest_message(self.tracker).get("message_id")

    @property
    def request_id(self) -> str | None:
        """The id of the request by which the newest message came, as its channel knows it."""
        return metadata_of(self.tracker).get("request_id")

    @property
    def intent(self) -> str:
        """The intent of the message."""
        return str(self.tracker.get_intent_of_latest_message(skip_fallback_intent=False) or "")

    @property
    def typed_secrets(self) -> frozenset[str]:
        """The kinds of secrets that the channel has cut out of the message."""
        return frozenset(metadata_of(self.tracker).get("secrets") or ())

    def language_before(self) -> str:
        """The language of the conversation before this message."""
        older = itertools.dropwhile(lambda event: event.get("event") != "user", reversed(self.tracker.events))
        values = (event.get("value") for event in older if event.get("name") == slots.LANGUAGE)
        return str(next(values, None) or "zh")

    def intents(self) -> list[str]:
        """The intents of the messages, the newest first."""
        messages = [event for event in reversed(self.tracker.events) if event.get("event") == "user"]
        return [str(event["parse_data"]["intent"].get("name")) for event in messages]

    def intent_before(self) -> str | None:
        """The intent of the message before this one."""
        intents = self.intents()
        return intents[1] if len(intents) > 1 else None

    def entity(self, name: str) -> str | None:
        """The first entity of that name in the message."""
        value = next(self.tracker.get_latest_entity_values(name), None)
        return None if value is None else str(value)

    def amount(self) -> Money | None:
        """The amount the message names, if it is one of whole minor units."""
        text = self.entity("amount")
        try:
            return Money.parse(text, CURRENCY) if text else None
        except MoneyError:
            return None

    def say(self, response: str, buttons: list[Button] | None = None, **values: Any) -> None:
        """Utter a response of data/responses, its values written in the user's language."""
        written = {name: self.write(value) for name, value in values.items()}
        self._dispatcher.utter_message(
            response=response,
            buttons=[{"title": button.title, "payload": button.payload} for button in buttons or []],
            **written,
        )

    def write(self, value: Any) -> str:
        """A value in the user's language."""
        return write(value, self.language, self.now, current_settings().time_zone)

    def button(self, title: str, payload: str) -> Button:
        """A button with a title of data/words."""
        return Button(word(title, self.language), payload)

    def word(self, name: str) -> str:
        """A word of data/words in the user's language."""
        return word(name, self.language)

    def say_again(self, text: str) -> None:
        """Utter words the bot has said before."""
        self._dispatcher.utter_message(text=text)

    def bot_said_last(self) -> set[str]:
        """Names of the responses of the bot's last turn."""
        return _names(self._bot_turns()[-2])

    def bot_said_now(self) -> set[str]:
        """Names of the responses that earlier actions of this turn have uttered."""
        return _names(self._bot_turns()[-1])

    def lines_last(self) -> list[tuple[str | None, str]]:
        """What was said to the user in the last turn, in order, each with the person who said it, None for the bot."""
        return [(_agent(event), str(event["text"])) for event in self._bot_turns()[-2] if event.get("text")]

    def person_said_last(self) -> str | None:
        """The newest line of a person since the hand-off was asked for."""
        events = itertools.takewhile(lambda event: not _asks_for_person(event), reversed(self.tracker.events))
        return next((str(event["text"]) for event in events if _agent(event) and event.get("text")), None)

    def _bot_turns(self) -> list[list[dict[str, Any]]]:
        """What the bot said after each message of the user, the present one last; before it at least an empty turn."""
        turns: list[list[dict[str, Any]]] = [[], []]
        for event in self.tracker.events:
            if event.get("event") == "user":
                turns.append([])
            elif event.get("event") == "bot":
                turns[-1].append(event)
        return turns


def _names(events: list[dict[str, Any]]) -> set[str]:
    return {str((event.get("metadata") or {}).get("utter_action")) for event in events}


def _agent(event: dict[str, Any]) -> str | None:
    """The person who wrote a line, see bot/channels/letters.py; None for the bot's own."""
    metadata = event.get("metadata") or {}
    return str(metadata.get("agent")) if event.get("event") == "bot" and metadata.get("author") == "agent" else None


def _asks_for_person(event: dict[str, Any]) -> bool:
    return event.get("name") == slots.HANDOFF and (event.get("value") or {}).get("change") == "request"
