"""What the desk writes into a conversation: a person's lines, and the changes of a hand-off with the line each brings.

A letter is taken once, however often it is sent. It waits for the conversation's lock, so a message of the user is
answered either by the bot before a person has the conversation, or by that person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.actions.action import action_for_name_or_text
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    SlotSet,
)

from bot.channels.errors import ChannelError
from bot.handoff.states import Change, IllegalChange, State, after, is_served
from bot.privacy.redact import redact
from bot.store.handoffs import SLOT, state_of
from bot.store.live_tracker import LiveTracker
from bot.store.standing import seq_of
from bot.store.summary import LETTER, PERSON
from bot.store.tracker_store import ConversationStore

_TELL_ACTION = "action_tell_handoff"
_CLOSED_LINE = "utter_case_resolved"
_LISTEN = "action_listen"
# The desk tells these also where the bot has heard of them already, in the answer to its request.
_TOLD_BEFORE = {Change.QUEUE: State.QUEUED, Change.DEFER: State.CASE, Change.CANCEL: State.CANCELLED}

Outputs = dict[str, OutputChannel]


@dataclass(frozen=True)
class Letter:
    """``details`` are the fields of the slot that change with it, such as the place in the queue."""

    id: str
    conversation_id: str
    number: str
    change: Change
    agent: str | None = None
    text: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """``seq`` of the line it brought, if any, and the state in which it left the hand-off."""

    seq: int | None
    state: str


async def take_letter(agent: Agent, outputs: Outputs, letter: Letter) -> Taken:
    """Write a letter into its conversation. Raises ChannelError, SQLAlchemyError or LockError; then nothing is kept."""
    if not agent.is_ready():
        raise ChannelError(503, "unavailable", "the bot is starting", retry_after=1)
    store: ConversationStore = agent.tracker_store
    async with agent.lock_store.lock(letter.conversation_id):
        # Not the processor's way to a tracker: that begins a new session where the old one has expired.
        tracker = await store.retrieve(letter.conversation_id)
        if tracker is None:
            raise ChannelError(404, "not_found", "there is no such conversation")
        seq = await seq_of(store.database, letter.conversation_id, letter.id)
        if seq is None:
            before = len(tracker.events)
            await _write(agent, tracker, letter)
            output = outputs.get(tracker.get_latest_input_channel() or "", CollectingOutputChannel())
            await agent.processor.execute_side_effects(list(tracker.events)[before:], tracker, output)
            await store.save(tracker)
            seq = await seq_of(store.database, letter.conversation_id, letter.id)
        return Taken(seq, str((tracker.get_slot(SLOT) or {}).get("state", State.BOT.value)))


async def _write(agent: Agent, tracker: LiveTracker, letter: Letter) -> None:
    handoff = tracker.get_slot(SLOT) or {"state": State.BOT.value}
    if handoff.get("number") == letter.number:
        await _write_newest(agent, tracker, letter, handoff)
        return
    # A case of earlier, while the user has asked for a person anew.
    earlier = await state_of(agent.tracker_store.database, letter.conversation_id, letter.number)
    if earlier != State.CASE.value or letter.change not in (Change.ANSWER, Change.RESOLVE):
        raise _illegal(handoff, letter.change)
    if letter.change is Change.ANSWER:
        _add(agent, tracker, _line_of_person(letter))
    else:
        said = await agent.nlg.generate(_CLOSED_LINE, tracker, "", number=letter.number)
        _add(agent, tracker, BotUttered(said["text"], metadata={"utter_action": _CLOSED_LINE, LETTER: letter.id}))


async def _write_newest(agent: Agent, tracker: LiveTracker, letter: Letter, handoff: dict[str, Any]) -> None:
    state = State(handoff["state"])
    change = Change.MOVE if letter.change is Change.QUEUE and state is State.QUEUED else letter.change
    if _TOLD_BEFORE.get(change) is state or (change is Change.MOVE and letter.details.items() <= handoff.items()):
        return
    try:
        new_state = after(state, change)
    except IllegalChange as error:
        raise _illegal(handoff, change) from error
    is_first_answer = change is Change.ANSWER and not handoff.get("answered")
    if change is not Change.ANSWER or new_state is not state or is_first_answer:
        standing = {**handoff, **letter.details, "state": new_state.value, "change": change.value}
        if is_first_answer:
            standing["answered"] = True
        if letter.agent is not None:
            standing["agent"] = letter.agent
        _add(agent, tracker, SlotSet(SLOT, standing))
    if change is Change.ANSWER:
        _add(agent, tracker, _line_of_person(letter))
    elif change is not Change.MOVE or _is_next_now(handoff, letter):
        await _tell(agent, tracker, letter)
    _silence(agent, tracker, new_state)


async def _tell(agent: Agent, tracker: LiveTracker, letter: Letter) -> None:
    """Let the action say it, in the user's language; its first line bears the letter."""
    action = action_for_name_or_text(_TELL_ACTION, agent.domain, agent.action_endpoint)
    is_first = True
    for event in await action.run(CollectingOutputChannel(), agent.nlg, tracker, agent.domain):
        if is_first and isinstance(event, BotUttered):
            event.metadata = {**event.metadata, LETTER: letter.id}
            is_first = False
        _add(agent, tracker, event)


def _is_next_now(handoff: dict[str, Any], letter: Letter) -> bool:
    """Of the places in the queue only the first one is told by a line; a channel may show the others."""
    return letter.details.get("position") == 1 != handoff.get("position")


def _silence(agent: Agent, tracker: LiveTracker, state: State) -> None:
    """The bot is silent while a person serves."""
    if is_served(state) == tracker.is_paused():
        return
    _add(agent, tracker, ConversationPaused() if is_served(state) else ConversationResumed())
    # What was said meanwhile is not to be answered: without this Rasa would go on from it and find no rule.
    _add(agent, tracker, ActionExecuted(_LISTEN))


def _line_of_person(letter: Letter) -> BotUttered:
    text = redact(letter.text or "").text
    return BotUttered(text, metadata={"author": PERSON, "agent": letter.agent, LETTER: letter.id})


def _add(agent: Agent, tracker: LiveTracker, event: Event) -> None:
    tracker.update(event, agent.domain)


def _illegal(handoff: dict[str, Any], change: Change) -> ChannelError:
    details = {"state": handoff["state"], "number": handoff.get("number")}
    return ChannelError(409, "illegal_change", f"{change.value} may not follow {handoff['state']}", details=details)
