"""The figures counted again in the plainest way, from the events alone: by nothing that the product counts with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.integration.desk.figures.made_up import FAILURES, QUESTIONS, MadeUp

DAY_S, HALF_HOUR_S = 86_400, 1_800
_TOPICS = {*FAILURES, *QUESTIONS}


@dataclass
class Told:
    """An episode as its events tell it."""

    conversation_id: str
    user_id: str | None
    channel: str
    began: float
    ended: float = 0.0
    language: str | None = None
    topic: str | None = None
    cause: str | None = None
    end: str | None = None
    messages: int = 0
    fallbacks: int = 0
    hand_offs: dict[str, float] = field(default_factory=dict)
    asked_stars: set[str] = field(default_factory=set)
    stars: dict[str, int] = field(default_factory=dict)
    came_back: bool = False
    is_last: bool = True


def recount(conversations: Iterable[MadeUp]) -> list[Told]:
    """All episodes of the conversations."""
    found = [told for conversation in conversations for told in _episodes(conversation)]
    for one in found:
        for other in found:
            is_theirs = one.conversation_id == other.conversation_id or (one.user_id and one.user_id == other.user_id)
            if is_theirs and one.topic and one.topic == other.topic and one.began < other.began:
                one.came_back |= other.began - one.ended <= DAY_S
    return found


def _episodes(conversation: MadeUp) -> list[Told]:
    found: list[Told] = []
    present: Told | None = None
    for event in conversation.events:
        at = event["timestamp"]
        if event["event"] == "session_started":
            present = None
        elif event["event"] == "user":
            intent = event["parse_data"]["intent"]["name"]
            if present is None or (intent in _TOPICS and _is_another(present, intent)):
                for earlier in found:
                    earlier.is_last = False
                present = Told(conversation.id, conversation.user_id, conversation.channel, at)
                found.append(present)
            present.messages += 1
            present.fallbacks += intent == "nlu_fallback"
            present.ended = at
            if intent in _TOPICS and present.topic is None and present.end is None:
                present.topic = intent
        elif event["event"] == "bot" and present:
            present.ended = at
            action = event["metadata"].get("utter_action")
            present.asked_stars |= {action} - {None}
        elif event["event"] == "slot" and present and event["value"]:
            _take(present, event["name"], event["value"], at)
    return found


def _is_another(present: Told, intent: str) -> bool:
    if present.end is None:
        return present.topic not in (None, intent)
    return present.end != "running"


def _take(present: Told, name: str, value: Any, at: float) -> None:
    if name == "language":
        present.language = value
    elif name == "walkthrough":
        present.topic, present.end = value["topic"], "running"
        present.cause = value["findings"][value["focus"]]["cause"] if value["findings"] else None
    elif name == "episode" and "stars" in value:
        present.stars["bot"] = value["stars"]
    elif name == "episode":
        present.end = value["outcome"]
    elif name == "handoff":
        if value["change"] == "request":
            # Who asks anew has not given up.
            present.hand_offs.pop("cancelled", None)
        if value["change"] != "cancel" or "answered" not in present.hand_offs:
            present.hand_offs.setdefault("answered" if value["change"] == "answer" else value["state"], at)
        if "stars" in value:
            present.stars["person"] = value["stars"]


def _over(told: Told, now: float) -> bool:
    return told.ended < now - HALF_HOUR_S or not told.is_last


def _contained(told: Told) -> bool:
    return not told.hand_offs and not told.came_back


def _solved(told: Told) -> bool:
    return (told.end or "").startswith("solved")


def _answered(told: Told) -> bool:
    return told.end is None and told.topic is not None and not told.hand_offs


def _without_end(told: Told) -> bool:
    return not told.hand_offs and not _solved(told) and not _answered(told) and told.end != "waiting"


def _well(told: Told, whom: str) -> bool:
    return told.stars.get(whom, 0) >= 4


def _badly(told: Told, whom: str) -> bool:
    return told.stars.get(whom, 5) <= 2


BOT_ASKED, PERSON_ASKED = "utter_ask_rating", "utter_ask_rating_person"
# What each figure counts, in the words of the contract.
COUNTS: dict[str, Callable[[Told, float], bool]] = {
    "all": lambda told, now: True,
    "talked": lambda told, now: told.messages > 0,
    "contained": lambda told, now: _contained(told),
    "contained_solved": lambda told, now: _contained(told) and _solved(told),
    "contained_answered": lambda told, now: _contained(told) and _answered(told),
    "contained_waiting": lambda told, now: _contained(told) and told.end == "waiting",
    "contained_abandoned": lambda told, now: _contained(told) and _without_end(told) and _over(told, now),
    "contained_open": lambda told, now: _contained(told) and _without_end(told) and not _over(told, now),
    "contained_unfinished": lambda told, now: _contained(told) and _without_end(told),
    "provisional": lambda told, now: _contained(told) and told.ended > now - DAY_S,
    "returned": lambda told, now: told.came_back,
    "only_returned": lambda told, now: told.came_back and not told.hand_offs,
    "problem": lambda told, now: told.end is not None or bool(told.hand_offs),
    "solved": lambda told, now: _solved(told),
    "solved_by_user": lambda told, now: told.end == "solved_by_user",
    "solved_by_wallet": lambda told, now: told.end == "solved_by_wallet",
    "waiting": lambda told, now: told.end == "waiting",
    "answered": lambda told, now: _answered(told),
    "abandoned": lambda told, now: _without_end(told) and _over(told, now),
    "open": lambda told, now: _without_end(told) and not _over(told, now),
    "unfinished": lambda told, now: _without_end(told),
    "handed_over": lambda told, now: bool(told.hand_offs),
    "queued": lambda told, now: "queued" in told.hand_offs,
    "case": lambda told, now: "case" in told.hand_offs,
    "person_answered": lambda told, now: "answered" in told.hand_offs,
    "given_up": lambda told, now: "cancelled" in told.hand_offs,
    "person_awaited": lambda told, now: bool(told.hand_offs) and not {"answered", "cancelled"} & {*told.hand_offs},
    "fallback": lambda told, now: told.fallbacks > 0,
    "rating_asked": lambda told, now: BOT_ASKED in told.asked_stars,
    "rating_given": lambda told, now: BOT_ASKED in told.asked_stars and "bot" in told.stars,
    "rated": lambda told, now: "bot" in told.stars,
    "rated_well": lambda told, now: _well(told, "bot"),
    "rated_badly": lambda told, now: _badly(told, "bot"),
    "person_rating_asked": lambda told, now: PERSON_ASKED in told.asked_stars,
    "person_rating_given": lambda told, now: PERSON_ASKED in told.asked_stars and "person" in told.stars,
    "person_rated": lambda told, now: "person" in told.stars,
    "person_rated_well": lambda told, now: _well(told, "person"),
    "person_rated_badly": lambda told, now: _badly(told, "person"),
}
SUMS: dict[str, Callable[[Told], int]] = {
    "messages": lambda told: told.messages,
    "fallbacks": lambda told: told.fallbacks,
    "stars": lambda told: told.stars.get("bot", 0),
    "person_stars": lambda told: told.stars.get("person", 0),
}


def counted(told: Iterable[Told], now: float) -> Counter[str]:
    """Every figure and sum of some episodes."""
    all_told = list(told)
    figures = {name: sum(1 for each in all_told if counts(each, now)) for name, counts in COUNTS.items()}
    return Counter({**figures, **{name: sum(add(each) for each in all_told) for name, add in SUMS.items()}})
