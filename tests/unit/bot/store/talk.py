"""Conversations as Rasa records them: single events, turns of every kind, conversations made at random."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from hypothesis import strategies
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

FORM = "troubleshooting_form"
FIRST_AT = 1_770_000_000.0  # seconds since 1970, when every conversation begins


@cache
def domain() -> Domain:
    """The domain of the product."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa reminds of what 3.0 has changed
        return Domain.load("domain.yml").merge(Domain.load("data/responses"))


def said(
    text: str | None = "付款失败",
    intent: str = "payment_failure",
    confidence: float = 0.9,
    user_id: str | None = None,
    channel: str = "terminal",
    ranking: Iterable[tuple[str, float]] = (),
) -> UserUttered:
    """A message of the user."""
    understood = {"name": intent, "confidence": confidence}
    ranked = [{"name": name, "confidence": value} for name, value in ranking] or [understood]
    parsed = {"text": text, "intent": understood, "intent_ranking": ranked, "entities": []}
    identity = {"identity": {"user_id": user_id}}
    return UserUttered(text, understood, [], parsed, input_channel=channel, metadata=identity)


def answered(
    text: str | None = "你好", response: str = "utter_greet", buttons: Iterable[dict[str, str]] = (), **metadata: Any
) -> BotUttered:
    """A message of the bot."""
    return BotUttered(text, {"buttons": list(buttons)}, {"utter_action": response, **metadata})


def written(text: str = "我来帮您", **metadata: str) -> BotUttered:
    """A message of a person of the desk."""
    return BotUttered(text, {}, {"author": "agent", **metadata})


def did(action: str) -> ActionExecuted:
    """An action of the bot."""
    return ActionExecuted(action, "RulePolicy", 1.0)


def listened() -> ActionExecuted:
    """The end of a turn."""
    return did("action_listen")


def session() -> list[Event]:
    """The beginning of a session."""
    return [did("action_session_start"), SessionStarted(), listened()]


def turn(text: str = "你好", intent: str = "greet", **named: Any) -> list[Event]:
    """A message, and a rule's answer to it."""
    return [said(text, intent, **named), SlotSet("language", "zh"), did("utter_greet"), answered(), listened()]


def numbered(number: int) -> list[Event]:
    """A turn that can be told from all others, with more than one answer."""
    answers = [answered(f"{number}: {place}") for place in range(3)]
    return [said(str(number)), SlotSet("feedback", [number]), did("action_repeat"), *answers, listened()]


def walkthrough(text: str = "付款失败") -> list[Event]:
    """A message that begins a form."""
    started = [did("action_start_payment"), FollowupAction(FORM), did(FORM), ActiveLoop(FORM)]
    asked = [SlotSet("walkthrough", {"topic": "payment_failure"}), SlotSet("requested_slot", "step_result")]
    return [said(text), *started, *asked, answered("现在可以了吗?", "utter_step_wait"), listened()]


def step() -> list[Event]:
    """An answer that the form asked for."""
    done = [SlotSet("step_result", "failed"), did(FORM), SlotSet("step_result", None)]
    return [said("不行", "step_failed"), *done, answered("再试试?", "utter_step_retry"), listened()]


def question() -> list[Event]:
    """A question in the middle of a form, which rejects it and asks again."""
    rejected = [ActionExecutionRejected(FORM, "RulePolicy", 1.0), did("action_ask_fees"), answered("免费")]
    return [said("手续费?", "ask_fees"), *rejected, LoopInterrupted(True), did(FORM), answered("可以了吗?"), listened()]


def solved() -> list[Event]:
    """The answer that ends a form."""
    ended = [did(FORM), SlotSet("requested_slot", None), ActiveLoop(None), did("action_end_troubleshooting")]
    episode = {"topic": "payment_failure", "outcome": "solved_by_user"}
    return [said("可以了", "step_done"), *ended, SlotSet("walkthrough", None), SlotSet("episode", episode), listened()]


def taken_back() -> list[Event]:
    """A message to which no rule had an answer; the turn counts as not having been."""
    changed = [SlotSet("language", "en"), SlotSet("feedback", ["taken back"])]
    return [said("?", "affirm"), *changed, did("action_default_fallback"), UserUtteranceReverted(), listened()]


def action_taken_back() -> list[Event]:
    """A message to which the bot did something, then something else instead."""
    first = [did("action_repeat"), SlotSet("feedback", ["first"]), ActionReverted()]
    return [said("再说一遍", "repeat"), *first, did("utter_greet"), answered(), listened()]


def handed_over() -> list[Event]:
    """A message after which a person speaks."""
    return [said("人工", "request_human"), did("action_hand_over"), ActiveLoop(None), ConversationPaused(), listened()]


def talk_with_a_person() -> list[Event]:
    """A message that a person answers; the bot does nothing."""
    return [said("在吗", "greet"), written("在的"), written("请稍等")]


def person_left() -> list[Event]:
    """The bot takes over again."""
    return [ConversationResumed()]


def start_over() -> list[Event]:
    """A message that begins everything anew."""
    return [said("重来", "greet"), did("action_restart"), Restarted(), *session()]


def slots_forgotten() -> list[Event]:
    """A message after which no slot is set."""
    return [said("忘了吧", "cancel"), did("action_cancel"), AllSlotsReset(), answered(), listened()]


def featurized() -> list[Event]:
    """A message in which a policy found entities."""
    found = [{"entity": "amount", "value": "100", "start": 0, "end": 3}]
    return [said("100", "greet"), DefinePrevUserUtteredFeaturization(True), EntitiesAdded(found), *turn()[2:]]


TURNS: list[Callable[[], list[Event]]] = [
    *[turn, walkthrough, step, question, solved, taken_back, action_taken_back, handed_over, talk_with_a_person],
    *[person_left, start_over, session, slots_forgotten, featurized],
]

# Turns in any order, also in one that Rasa would not get to.
kinds_of_turns = strategies.lists(strategies.sampled_from(TURNS), max_size=30)


def recorded(turns: Iterable[list[Event]], first_at: float = FIRST_AT) -> list[Event]:
    """The events of the turns in one list, a second apart."""
    events = [event for turn in turns for event in turn]
    for place, event in enumerate(events):
        event.timestamp = first_at + place
    return events


def conversation(kinds: Iterable[Callable[[], list[Event]]]) -> list[Event]:
    """A conversation of turns of these kinds, from the beginning of its session."""
    return recorded([session(), *(kind() for kind in kinds)])


def state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What of a tracker decides how its conversation goes on."""
    loop = dataclasses.asdict(tracker.active_loop) if tracker.active_loop else {}
    loop.pop("trigger_message", None)  # nothing of the domain reads it, and it goes with the turn it came in
    message = tracker.latest_message.as_dict()
    if message["text"] is None:
        message.pop("timestamp")  # when the tracker was made
    return {
        "slots": {name: (slot.value, slot.has_been_set) for name, slot in tracker.slots.items()},
        "loop": loop,
        "paused": tracker.is_paused(),
        "latest_message": message,
        "latest_action": tracker.latest_action,
        "followup_action": tracker.followup_action,
    }
