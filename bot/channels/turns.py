"""One turn of a conversation: a message is answered once, however often it is sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.errors import ChannelError
from bot.channels.identity import Session
from bot.channels.incoming import Incoming
from bot.handoff.states import State, is_served
from bot.store.announcements import News
from bot.store.event_row import LOGIN
from bot.store.standing import Standing, seq_of, standing_of
from bot.store.tracker_store import ConversationStore
from bot.telemetry.metrics import note_turn
from bot.telemetry.request_ids import current_request_id

_running: set[asyncio.Task[int]] = set()


async def take_turn(agent: Agent, session: Session, incoming: Incoming, output: OutputChannel) -> int:
    """Answer a message and keep both; the message's seq.

    A sender that hangs up does not undo it. Raises ChannelError, SQLAlchemyError or LockError; then nothing is kept.
    """
    if not agent.is_ready():
        raise ChannelError(503, "unavailable", "the bot is starting", retry_after=1)
    turn = asyncio.create_task(_take_turn(agent, session, incoming, output))
    _running.add(turn)  # a task that nobody refers to may be collected before it is done
    turn.add_done_callback(_running.discard)
    return await asyncio.shield(turn)


async def _take_turn(agent: Agent, session: Session, incoming: Incoming, output: OutputChannel) -> int:
    store: ConversationStore = agent.tracker_store
    conversation_id, message_id = session.conversation_id, incoming.message_id
    # The lock is taken here, not by agent.handle_message: two copies of a message may be here at the same time.
    async with agent.lock_store.lock(conversation_id):
        standing = await standing_of(store.database, conversation_id, message_id, incoming.question)
        if standing.seq is not None:
            return standing.seq
        if standing.has_moved_on:
            raise ChannelError(409, "choice_outdated", "the question of this choice is over")
        # Nobody else is typing while a person serves.
        is_silent = standing.handoff_state is not None and is_served(State(standing.handoff_state))
        began = time.perf_counter()
        with nullcontext() if is_silent else _typing(store, conversation_id):
            await agent.processor.handle_message(_message(session, incoming, standing, output))
        if not is_silent:  # nothing was answered, so there is no time of an answer
            note_turn(output.name(), store.language_of(conversation_id), time.perf_counter() - began)
        seq = await seq_of(store.database, conversation_id, message_id)
    if seq is None:
        raise ChannelError(503, "unavailable", "the message could not be kept; send it again", retry_after=1)
    return seq


@contextmanager
def _typing(store: ConversationStore, conversation_id: str) -> Iterator[None]:
    store.announcements.announce(conversation_id, News.TYPING)
    try:
        yield
    finally:
        store.announcements.announce(conversation_id, News.STOPPED_TYPING)


def _message(session: Session, incoming: Incoming, standing: Standing, output: OutputChannel) -> UserMessage:
    # By it the calls that the actions make about this message are found in the logs of wallet and desk.
    metadata: dict[str, Any] = {**session.as_metadata(), "request_id": current_request_id()}
    if incoming.secrets:
        metadata["secrets"] = list(incoming.secrets)
    if incoming.login:
        metadata[LOGIN] = incoming.login
    choice = incoming.choice
    if not standing.has_begun and session.language:
        # The language of a conversation that has said nothing yet, see bot/nlu/language.py.
        metadata["language"] = session.language
        choice = choice and choice.in_language(session.language)
    return UserMessage(
        incoming.text,
        output,
        session.conversation_id,
        parse_data=choice.as_parse_data() if choice else None,
        input_channel=output.name(),
        message_id=incoming.message_id,
        metadata=metadata,
    )
