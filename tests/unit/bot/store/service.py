"""What happens in a conversation that support counts: topics, walkthroughs, hand-offs, ratings, as it is recorded."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import ActiveLoop, ConversationPaused, ConversationResumed, Event, SlotSet

from bot.store.episode import Episode
from bot.store.episode_fold import fold
from tests.unit.bot.store.talk import answered, did, listened, recorded, said, session, written

NUMBER = "WH-7K3M-Q9TD"
START = 1_770_000_000.0  # seconds since 1970
DAY = 24 * 3600.0


def episodes_of(*turns: list[Event], first_at: float = START) -> tuple[Episode, ...]:
    """The episodes of turns, whose events come a second apart."""
    return fold((), [event.as_dict() for event in recorded(turns, first_at)])


def asks(intent: str = "ask_fees", **named: Any) -> list[Event]:
    """A question that is answered at once."""
    return [
        said(f"/{intent}", intent, **named),
        did(f"action_{intent}"),
        answered("0.6%", f"utter_{intent}"),
        listened(),
    ]


def walk(topic: str, *causes: str, focus: int = 0) -> SlotSet:
    """The slot of a walkthrough."""
    return SlotSet("walkthrough", gathered(topic, *causes, focus=focus))


def gathered(topic: str, *causes: str, focus: int = 0) -> dict[str, Any]:
    """What a walkthrough keeps of what it found."""
    return {"topic": topic, "findings": [{"cause": cause} for cause in causes], "focus": focus}


def starts(topic: str, *causes: str, **named: Any) -> list[Event]:
    """A report with which a walkthrough begins, or goes over to another topic."""
    form = [did(f"action_start_{topic}"), walk(topic, *causes), ActiveLoop("troubleshooting_form")]
    return [said(topic, topic, **named), *form, answered("?", "utter_step"), listened()]


def ends(topic: str, outcome: str, *causes: str) -> list[Event]:
    """The answer with which it ends; a rating is asked for where it was solved."""
    asked = [answered("1-5", "utter_ask_rating")] if outcome.startswith("solved") else []
    closed = [ActiveLoop(None), SlotSet("walkthrough", None)]
    return [said("ok", "step_done"), *asked, *closed, ended(topic, outcome, *causes), listened()]


def ended(topic: str, outcome: str, *causes: str, **more: Any) -> SlotSet:
    """The slot that says how it ended."""
    value = {"topic": topic, "outcome": outcome, "walkthrough": gathered(topic, *causes), **more}
    return SlotSet("episode", value)


def rates(topic: str, outcome: str, stars: int) -> list[Event]:
    """Stars for the bot."""
    rated = ended(topic, outcome, stars=stars, rated="bot")
    return [said(str(stars), "rate_service"), answered("!", "utter_rated_well"), rated, listened()]


def stands(state: str, change: str, number: str = NUMBER, **more: Any) -> SlotSet:
    """The slot of a hand-off."""
    return SlotSet("handoff", {"number": number, "state": state, "change": change, "reason": "asked", **more})


def asks_for_a_person(topic: str | None, number: str = NUMBER, then: str = "queued") -> list[Event]:
    """A hand-off that is asked for and taken by the desk."""
    change = {"queued": "queue", "case": "defer"}[then]
    handed_over = SlotSet("episode", {"topic": topic, "outcome": "handed_over"})
    slots = [stands("requested", "request", number), stands(then, change, number), handed_over]
    return [said("a person", "request_human"), did("action_hand_over"), answered(), *slots, listened()]


def is_claimed(number: str = NUMBER) -> list[Event]:
    """A person takes the conversation."""
    return [stands("claimed", "claim", number, agent="lin"), answered(), ConversationPaused(), listened()]


def is_served(number: str = NUMBER) -> list[Event]:
    """A person answers for the first time, the user says something, the person answers again."""
    first = [stands("active", "answer", number, agent="lin", answered=True), written("hello")]
    return [*first, said("it failed", "payment_failure"), written("I see")]


def is_resolved(number: str = NUMBER) -> list[Event]:
    """The person is done, and the bot asks what that was worth."""
    asked = answered("1-5", "utter_ask_rating_person")
    resolved = stands("resolved", "resolve", number, agent="lin", answered=True)
    return [resolved, answered(), asked, ConversationResumed(), listened()]


def begins_again(handoff: SlotSet | None = None, language: str = "zh") -> list[Event]:
    """A session, as it tells once more what it keeps of the one before."""
    start = session()
    return [*start[:2], SlotSet("language", language), *([handoff] if handoff else []), *start[2:]]
