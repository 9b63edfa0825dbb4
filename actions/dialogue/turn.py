"""One turn of a conversation, as an action sees it: who speaks, what was said, and a way to answer."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import slots
from actions.dialogue.speaker import Speaker, metadata_of, speaker_of
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
        self.speaker: Speaker = speaker_of(tracker)
        self.language: str = tracker.get_slot(slots.LANGUAGE) or "zh"
        self.now = datetime.now(timezone.utc)
        self._dispatcher = dispatcher

    @property
    def text(self) -> str:
        """What the user typed."""
        return str((self.tracker.latest_message or {}).get("text") or "")

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

    def intent_before(self) -> str | None:
        """The intent of the message before this one."""
        messages = [event for event in self.tracker.events if event.get("event") == "user"]
        return messages[-2]["parse_data"]["intent"].get("name") if len(messages) > 1 else None

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

    def bot_texts_last(self) -> list[str]:
        """What the bot said in its last turn, in order."""
        return [str(event["text"]) for event in self._bot_turns()[-2] if event.get("text")]

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
