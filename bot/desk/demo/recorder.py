"""Writes a conversation down, event by event, in the very shape in which the bot does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from bot.desk.demo.chance import Chance
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.understanding import Understanding
from bot.store.summary import EventData

_MARK = {"model_id": "de3000000000000000000000000000de", "assistant_id": "wallet-hotline"}
_CONDITIONS = {name: [{"type": "slot", "name": "language", "value": name}] for name in ("zh", "en")}
_PLAIN = {"elements": None, "quick_replies": None, "buttons": None, "attachment": None, "image": None, "custom": None}
_BY_RULE = {"policy": "RulePolicy", "confidence": 1.0, "action_text": None, "hide_rule_turn": True}
_BY_ITSELF = {"policy": None, "confidence": None, "action_text": None, "hide_rule_turn": False}
FORM = "troubleshooting_form"
_EVENT_SECONDS = 0.0007

Button = tuple[str, str]  # the name of its word, and the intent that it sends


@dataclass(frozen=True)
class Visitor:
    """Who talks. ``user_id`` is None for a guest."""

    conversation_id: str
    channel: str
    language: str
    user_id: str | None


class Recorder:
    """One conversation being written. ``at`` is the time of its next event, in seconds since 1970."""

    def __init__(
        self, corpus: Corpus, understanding: Understanding, chance: Chance, visitor: Visitor, at: float
    ) -> None:
        self.corpus, self.chance, self.visitor, self.at = corpus, chance, visitor, at
        self.events: list[EventData] = []
        # Places of lines that were taken for something else, and what each of them was.
        self.mistakes: list[tuple[int, str]] = []
        self.is_paused = False
        self._understanding = understanding
        self._identity = {"identity": {"user_id": visitor.user_id}}

    @property
    def language(self) -> str:
        """The language that is spoken."""
        return self.visitor.language

    def wait(self, median: float) -> None:
        """Let somebody take his time."""
        self.at += self.chance.seconds(median)

    def begin_session(self) -> None:
        """What comes before the first message, and before the first one of another day."""
        self.slot("session_started_metadata", self._identity)
        self._add("action", name="action_session_start", **{**_BY_ITSELF, "confidence": 1.0})
        self._add("session_started")
        self.slot("language", "zh")
        self._add("action", name="action_listen", **_BY_ITSELF)

    def say(self, intent: str, text: str | None = None, taken_for: str | None = None) -> None:
        """A line that the user types: one of the intent's, unless its text is given."""
        line = text or self.chance.one_of(self.corpus.lines[self.language, intent])
        if taken_for and not text:
            self.mistakes.append((len(self.events), intent))
        understood, ranking = self._understanding.of(taken_for or intent, line)
        spoken = {"entity": "language", "value": self.language, "start": 0, "end": len(line), "extractor": "language"}
        self._hear(line, understood, ranking, [spoken], {"language": self.language})
        self.slot("language", self.language)

    def tap(self, word: str, intent: str, **entities: str) -> None:
        """A button that the user taps."""
        understood = {"name": intent, "confidence": 1.0}
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        self._hear(self.corpus.word(word, self.language), understood, [understood], found, {})

    def _hear(
        self,
        text: str,
        understood: Mapping[str, Any],
        ranking: list[Any],
        entities: list[Any],
        language: dict[str, str],
    ) -> None:
        message_id = self.chance.message_id()
        parsed = {"intent": understood, "entities": entities, "text": text, "message_id": message_id}
        parsed |= {"metadata": self._identity, **language, "intent_ranking": ranking}
        self.at += _EVENT_SECONDS
        self.events.append(
            {
                "event": "user",
                "timestamp": self.at,
                "metadata": {**self._identity, **_MARK},
                "text": text,
                "parse_data": parsed,
                "input_channel": self.visitor.channel,
                "message_id": message_id,
            }
        )

    def react(self, action: str, rejects_form: bool = False) -> None:
        """What the bot decides to do about a message."""
        if rejects_form:
            self._add("action_execution_rejected", name=FORM, policy="RulePolicy", confidence=1.0)
        self._add("user_featurization", use_text_for_featurization=False)
        self.act(action)

    def act(self, action: str) -> None:
        """An action by a rule."""
        self._add("action", name=action, **_BY_RULE)

    def follow_up(self, action: str) -> None:
        """An action that another one has asked for."""
        self._add("followup", name=action)
        self._add("action", name=action, **{**_BY_RULE, "policy": "followup_action", "hide_rule_turn": False})

    def listen(self) -> None:
        """The end of a turn."""
        if self.is_paused:
            self._add("action", name="action_listen", **_BY_ITSELF)
        else:
            self.act("action_listen")

    def utter(
        self, response: str, buttons: Sequence[Button] = (), values: Mapping[str, str] | None = None, **more: str
    ) -> None:
        """A line of the bot; ``more`` are values too, and the id of the desk's letter behind it."""
        values = {**(values or {}), **more}
        metadata = {"condition": _CONDITIONS[self.language], "utter_action": response, "template": response}
        data: dict[str, Any] = _PLAIN
        if buttons:
            shown = [{"title": self.corpus.word(word, self.language), "payload": f"/{sent}"} for word, sent in buttons]
            data = {**_PLAIN, "buttons": shown}
        self.at += _EVENT_SECONDS
        text = self.corpus.text(response, self.language, values)
        self.events.append(
            {
                "event": "bot",
                "timestamp": self.at,
                "metadata": {**metadata, **values, **_MARK},
                "text": text,
                "data": data,
            }
        )

    def write(self, agent: str, text: str) -> None:
        """A line of a person of the desk."""
        self.at += _EVENT_SECONDS
        metadata = {"author": "agent", "agent": agent, "letter": self.chance.message_id(), **_MARK}
        self.events.append({"event": "bot", "timestamp": self.at, "metadata": metadata, "text": text, "data": {}})

    def slot(self, name: str, value: Any) -> None:
        """A slot that is set."""
        self._add("slot", name=name, value=value)

    def loop(self, name: str | None) -> None:
        """A form that begins or ends."""
        self._add("active_loop", name=name)

    def pause(self, is_paused: bool) -> None:
        """A person takes over, or the bot again."""
        self.is_paused = is_paused
        self._add("pause" if is_paused else "resume")

    def stamp(self) -> str:
        """The present time as slots keep it."""
        return in_json(self.at)

    def _add(self, kind: str, **fields: Any) -> None:
        self.at += _EVENT_SECONDS
        self.events.append({"event": kind, "timestamp": self.at, "metadata": _MARK, **fields})


def in_json(at: float) -> str:
    """Seconds since 1970 as slots write a time."""
    return datetime.fromtimestamp(at, timezone.utc).isoformat().replace("+00:00", "Z")
