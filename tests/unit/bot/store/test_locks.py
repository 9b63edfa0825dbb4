"""One turn of a conversation at a time, within a worker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig

from bot.store.locks import ConversationLocks


@pytest.fixture
async def locks(tmp_path: Path) -> AsyncIterator[ConversationLocks]:
    store = ConversationLocks(EndpointConfig(url=f"sqlite:///{tmp_path}/conversations.sqlite"))
    yield store
    assert not store._local, "a lock that nobody holds is remembered"
    store.close()


async def hold(locks: ConversationLocks, conversation_id: str, until: asyncio.Event) -> None:
    async with locks.lock(conversation_id):
        await until.wait()


async def started(task: asyncio.Task[None]) -> asyncio.Task[None]:
    await asyncio.sleep(0.01)
    return task


async def test_turns_come_one_at_a_time_in_the_order_of_their_messages(locks: ConversationLocks) -> None:
    order: list[tuple[int, str]] = []

    async def take_a_turn(number: int) -> None:
        async with locks.lock("conversation-1"):
            order.append((number, "begins"))
            await asyncio.sleep(0.002)
            order.append((number, "ends"))

    await asyncio.gather(*(take_a_turn(number) for number in range(5)))
    assert order == [(number, what) for number in range(5) for what in ("begins", "ends")]


async def test_one_conversation_does_not_wait_for_another(locks: ConversationLocks) -> None:
    done = asyncio.Event()
    holding = await started(asyncio.create_task(hold(locks, "conversation-1", done)))
    async with locks.lock("conversation-2", lock_lifetime=0.01):
        pass
    done.set()
    await holding


async def test_a_turn_that_fails_gives_the_lock_back(locks: ConversationLocks) -> None:
    with pytest.raises(RuntimeError):
        async with locks.lock("conversation-1"):
            raise RuntimeError
    async with locks.lock("conversation-1", lock_lifetime=0.01):
        pass


async def test_a_turn_that_is_cancelled_gives_the_lock_back(locks: ConversationLocks) -> None:
    holding = await started(asyncio.create_task(hold(locks, "conversation-1", asyncio.Event())))
    holding.cancel()
    async with locks.lock("conversation-1", lock_lifetime=1):
        pass
    assert holding.cancelled()


async def test_a_message_that_is_cancelled_while_it_waits_leaves_nothing_held(locks: ConversationLocks) -> None:
    done = asyncio.Event()
    holding = await started(asyncio.create_task(hold(locks, "conversation-1", done)))
    waiting = await started(asyncio.create_task(hold(locks, "conversation-1", done)))
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    done.set()
    await holding
    async with locks.lock("conversation-1", lock_lifetime=0.01):
        pass


async def test_a_message_that_waits_too_long_is_told_so(locks: ConversationLocks) -> None:
    done = asyncio.Event()
    holding = await started(asyncio.create_task(hold(locks, "conversation-1", done)))
    with pytest.raises(LockError, match="conversation-1"):
        async with locks.lock("conversation-1", lock_lifetime=0.02):
            pass
    done.set()
    await holding
    async with locks.lock("conversation-1", lock_lifetime=0.01):
        pass


async def test_a_message_that_comes_between_two_others_also_waits_no_longer_than_it_may(
    locks: ConversationLocks,
) -> None:
    done = asyncio.Event()
    async with locks.lock("conversation-1"):
        next_one = await started(asyncio.create_task(hold(locks, "conversation-1", done)))
    # The lock is free at this moment, but promised to the next one.
    with pytest.raises(LockError):
        async with locks.lock("conversation-1", lock_lifetime=0.02):
            pass
    done.set()
    await next_one
