"""Rasa's agent as this product runs it: on our store, with our runner, checks compiled once."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import ConnectionException
from sqlalchemy.exc import ArgumentError

from bot.runtime import text_rules
from bot.runtime.action_results import compile_validators
from bot.runtime.form_trackers import copy_trackers
from bot.runtime.graph_runner import PlannedGraphRunner
from bot.store.tracker_store import ConversationStore


def open_store(endpoints: AvailableEndpoints) -> ConversationStore:
    """The store that endpoints.yml names. Raises SystemExit when it cannot be opened, or is another one."""
    try:
        store = TrackerStore.create(endpoints.tracker_store)
    except (ArgumentError, ValueError) as error:
        # Neither is quoted: an address that cannot be read may hold a password.
        raise SystemExit("HOTLINE_DATABASE_URL is no address of an SQLite or PostgreSQL database") from error
    except (ConnectionException, OSError) as error:
        raise SystemExit(f"the database of conversations cannot be opened: {str(error).splitlines()[0]}") from error
    # Of a store that it cannot import Rasa says little, and keeps everything in memory.
    if not isinstance(store, ConversationStore):
        raise SystemExit(f"endpoints.yml must name {ConversationStore.__module__}.{ConversationStore.__name__}")
    return store


def prepare(agent: Agent, store: ConversationStore) -> None:
    """Let a loaded agent use the store as it is, and the model without Rasa's scheduler.

    Rasa wraps every store into one that keeps in memory what cannot be saved: the user would read an answer of which
    nothing is left, and a conversation that cannot be read would begin anew.
    """
    agent.tracker_store = store
    agent.processor.tracker_store = store
    agent.processor.graph_runner = PlannedGraphRunner.of(agent.processor.graph_runner)
    compile_validators()
    copy_trackers()
    text_rules.leave_out()
