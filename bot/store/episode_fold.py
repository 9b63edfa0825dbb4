"""The episodes of a conversation as a fold over its events. Pure.

An episode begins with a message of the user: the first of a session, one that names a topic after the present episode
is closed, or one that names another topic than the present one while that has only been about a question. Everything
else belongs to the present one, and what a person serves is not split.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.handoff.states import State, is_served
from bot.store.changed import changed
from bot.store.episode import RETURN_SECONDS, Episode
from bot.store.handoff_fold import join, stand, take, write_to
from bot.store.summary import FALLBACK, PERSON, RUNNING, TOPICS, EventData, cause_of, intent_of

_ASKS_RATING = "utter_ask_rating"
_ASKS_RATING_OF_PERSON = "utter_ask_rating_person"
_HANDED_OVER = "handed_over"


def fold(
    before: Sequence[Episode], events: Iterable[EventData], handoff_state: str | None = None
) -> tuple[Episode, ...]:
    """All episodes after more events, in order of number.

    ``handoff_state`` is where the hand-off stood before them, see bot/handoff/states.py. The events of a session's
    start must come together with the message for which it began.
    """
    folding = Folding(before, handoff_state)
    for event in events:
        folding.take(event)
    return tuple(folding.episodes)


class Folding:
    """The episodes so far, while events are taken one after the other."""

    def __init__(self, before: Sequence[Episode] = (), handoff_state: str | None = None) -> None:
        self.episodes = list(before)
        # Whether the last episode is of the present session.
        self._is_open = bool(before)
        self._is_served = handoff_state is not None and is_served(State(handoff_state))
        self._language = before[-1].language if before else None

    def take(self, event: EventData) -> None:
        """Go on by one event."""
        kind = event["event"]
        if kind == "user":
            self._user(event)
        elif kind == "bot":
            self._bot(event)
        elif kind == "session_started":
            # The person who has the conversation goes on with what it was about.
            self._is_open = self._is_open and self._is_served
        elif kind == "slot" and event.get("value"):
            slot = _SLOTS.get(event["name"])
            if slot:
                slot(self, event["value"], float(event["timestamp"]))

    def _user(self, event: EventData) -> None:
        intent, at = intent_of(event), float(event["timestamp"])
        if not self._is_open or (not self._is_served and _begins_anew(self.episodes[-1], intent)):
            self._begin(at)
        present = self.episodes[-1]
        identity = (event.get("metadata") or {}).get("identity") or {}
        self._change(
            channel=event.get("input_channel") or present.channel,
            user_id=identity.get("user_id") or present.user_id,
            user_messages=present.user_messages + 1,
            fallbacks=present.fallbacks + (intent == FALLBACK),
            last_at=max(present.last_at, at),
        )
        if intent in TOPICS and present.topic is None and present.outcome is None:
            self._name(str(intent))

    def _begin(self, at: float) -> None:
        last = self.episodes[-1] if self.episodes else None
        self._is_open = True
        self.episodes.append(
            Episode(
                number=last.number + 1 if last else 1,
                started_at=at,
                last_at=at,
                channel=last.channel if last else None,
                language=self._language,
                user_id=last.user_id if last else None,
            )
        )

    def _bot(self, event: EventData) -> None:
        metadata, at = event.get("metadata") or {}, float(event["timestamp"])
        if metadata.get("author") == PERSON:
            write_to(self.episodes, at)
            return
        if not self._is_open:
            return
        present = self.episodes[-1]
        self._change(bot_messages=present.bot_messages + 1, last_at=max(present.last_at, at))
        if metadata.get("utter_action") == _ASKS_RATING:
            # Who has asked a question since is asked about what came before it.
            has_run = (place for place in _newest_first(self.episodes) if self.episodes[place].outcome)
            self._change(next(has_run, -1), rating_asked=1)
        elif metadata.get("utter_action") == _ASKS_RATING_OF_PERSON:
            has_handoff = (place for place in _newest_first(self.episodes) if self.episodes[place].handoff_number)
            self._change(next(has_handoff, -1), person_rating_asked=1)

    def _speak(self, value: Any, _at: float) -> None:
        self._language = str(value)
        if self._is_open:
            self._change(language=self._language)

    def _know(self, value: Any, _at: float) -> None:
        if self._is_open and value.get("user_id"):
            self._change(user_id=str(value["user_id"]))

    def _walk(self, value: Any, _at: float) -> None:
        if self._is_open:
            self._change(cause=cause_of(value), outcome=RUNNING)
            self._name(str(value["topic"]))

    def _end(self, value: Any, at: float) -> None:
        """A walkthrough has ended, or the stars for one have come."""
        topic, outcome = value.get("topic"), value.get("outcome")
        if value.get("stars"):
            ended = (place for place in _newest_first(self.episodes) if self._is_of(place, topic, outcome))
            if self.episodes:
                self._change(next(ended, -1), rating=int(value["stars"]))
            return
        if not self._is_open:
            return
        present = self.episodes[-1]
        # A person who is asked for after a question is told of the walkthrough before it, which is not this episode's.
        is_own = present.outcome is not None or present.topic in (None, topic)
        self._change(outcome=outcome or present.outcome)
        if is_own and value.get("walkthrough"):
            self._change(cause=cause_of(value["walkthrough"]))
        if is_own and topic:
            self._name(str(topic))
        if outcome == _HANDED_OVER:
            join(self.episodes, at)

    def _is_of(self, place: int, topic: Any, outcome: Any) -> bool:
        episode = self.episodes[place]
        return (episode.outcome, episode.topic) == (outcome, topic)

    def _hand_over(self, value: Any, at: float) -> None:
        self._is_served = is_served(State(value["state"]))
        if self.episodes and "number" in value:
            take(self.episodes, value, at, self._is_open)
            stand(self.episodes, value, at)

    def _name(self, topic: str) -> None:
        """The present episode is about a topic: who came for it a short while ago has come back."""
        present = self.episodes[-1]
        if present.topic == topic:
            return
        self._change(topic=topic)
        for place, earlier in enumerate(self.episodes[:-1]):
            if earlier.topic == topic and present.started_at - earlier.last_at <= RETURN_SECONDS:
                self._change(place, returned=1)

    def _change(self, place: int = -1, **values: Any) -> None:
        self.episodes[place] = changed(self.episodes[place], **values)


def _begins_anew(present: Episode, intent: str | None) -> bool:
    if intent not in TOPICS:
        return False
    if present.outcome is None:
        return present.topic not in (None, intent)
    return present.outcome != RUNNING


def _newest_first(episodes: Sequence[Episode]) -> range:
    return range(len(episodes) - 1, -1, -1)


_SLOTS = {
    "channel_link": Folding._know,
    "language": Folding._speak,
    "walkthrough": Folding._walk,
    "episode": Folding._end,
    "handoff": Folding._hand_over,
}
