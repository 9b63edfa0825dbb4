"""Actions run as Rasa runs them: with a dispatcher, a tracker and no arguments of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest

from actions.dialogue.base_action import HotlineAction
from actions.gateway.gateway import close_gateway
from actions.settings import current_settings
from tests.fakes.conversation import Conversation
from tests.fakes.desk_server import DeskServer, desk_server

Events = list[dict[str, Any]]
Run = Callable[[HotlineAction, Conversation], Awaitable[Events]]


@pytest.fixture(autouse=True)
async def closed_gateway() -> AsyncIterator[None]:
    """Close the connections that an action has opened."""
    yield
    await close_gateway()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskServer]:
    """A desk that serves; without it nobody answers."""
    with desk_server() as served:
        monkeypatch.setenv("HOTLINE_DESK_URL", served.url)
        current_settings.cache_clear()
        yield served


@pytest.fixture
def run() -> Run:
    """Run an action; its events are remembered in the conversation's slots and given back."""

    async def run_action(action: HotlineAction, conversation: Conversation) -> Events:
        conversation.forget_answers()
        events = await action.run(conversation.dispatcher, conversation.tracker, {})
        conversation.remember(events)
        return events

    return run_action
