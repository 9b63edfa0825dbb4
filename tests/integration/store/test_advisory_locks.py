"""Workers on one PostgreSQL take turns with a conversation."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

import pytest
from rasa.core.lock_store import LockError
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import text

from bot.store.advisory_locks import AdvisoryLocks
from bot.store.database import Database, plain_url
from bot.store.locks import ConversationLocks
from tests.integration.store.turns import CONVERSATION

# Connections of other tests' databases are none of ours.
CUT_ALL = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
COUNT_HELD = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
    " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
)

OpenLocks = Callable[[], ConversationLocks]


@pytest.fixture
def open_locks(postgres_url: str) -> Iterator[OpenLocks]:
    """Open the locks of one more worker."""
    opened: list[ConversationLocks] = []

    def make() -> ConversationLocks:
        opened.append(ConversationLocks(EndpointConfig(url=postgres_url)))
        return opened[-1]

    yield make
    for locks in opened:
        locks.close()


@pytest.fixture
async def server(postgres_url: str) -> AsyncIterator[Database]:
    """The same database, to look at it from outside."""
    database = Database(postgres_url, threads=1)
    yield database
    database.close()


async def held(server: Database) -> int:
    return int(await server.read(lambda connection: connection.execute(COUNT_HELD).scalar()))


async def cut_all_connections(server: Database) -> None:
    await server.read(lambda connection: connection.execute(CUT_ALL).all())


async def test_a_conversation_is_held_by_one_worker_and_then_by_the_other(
    open_locks: OpenLocks, server: Database
) -> None:
    first, second = open_locks(), open_locks()
    order: list[str] = []

    async def follow() -> None:
        async with second.lock(CONVERSATION):
            order.append("second")

    async with first.lock(CONVERSATION):
        following = asyncio.create_task(follow())
        await asyncio.sleep(0.2)
        order.append("first")
    await following
    assert order == ["first", "second"]
    assert await held(server) == 0


async def test_another_conversation_is_free(open_locks: OpenLocks) -> None:
    first, second = open_locks(), open_locks()
    async with first.lock(CONVERSATION), second.lock("terminal-2", lock_lifetime=0.1):
        pass


async def test_who_waits_too_long_for_another_worker_is_told_so(open_locks: OpenLocks, server: Database) -> None:
    first, second = open_locks(), open_locks()
    async with first.lock(CONVERSATION):
        with pytest.raises(LockError, match="another worker"):
            async with second.lock(CONVERSATION, lock_lifetime=0.1):
                pass
        assert await held(server) == 1
    async with second.lock(CONVERSATION, lock_lifetime=0.1):
        pass


async def test_messages_of_both_workers_take_turns_each_in_its_own_order(open_locks: OpenLocks) -> None:
    workers = [open_locks(), open_locks()]
    order: list[tuple[int, int]] = []
    inside = 0

    async def take_a_turn(worker: int, number: int) -> None:
        nonlocal inside
        async with workers[worker].lock(CONVERSATION):
            inside += 1
            await asyncio.sleep(random.uniform(0, 0.003))  # noqa: S311
            assert inside == 1
            order.append((worker, number))
            inside -= 1

    await asyncio.gather(*(take_a_turn(worker, number) for number in range(20) for worker in range(2)))
    for worker in range(2):
        assert [number for place, number in order if place == worker] == list(range(20))


async def test_the_lock_of_a_worker_that_is_gone_is_free(open_locks: OpenLocks, server: Database) -> None:
    first, second = open_locks(), open_locks()
    async with first.lock(CONVERSATION):
        await cut_all_connections(server)
        async with second.lock(CONVERSATION, lock_lifetime=1):
            pass
    assert await held(server) == 0


async def test_a_connection_that_was_cut_is_made_anew_and_no_message_fails(
    open_locks: OpenLocks, server: Database
) -> None:
    locks = open_locks()
    for _ in range(2):
        async with locks.lock(CONVERSATION, lock_lifetime=1):
            assert await held(server) == 1
        await cut_all_connections(server)


async def test_a_lock_that_was_lost_is_told_when_it_is_given_back(postgres_url: str, server: Database) -> None:
    locks = AdvisoryLocks(plain_url(postgres_url))
    assert await locks.take(CONVERSATION)
    assert await locks.give_back(CONVERSATION)
    assert await locks.take(CONVERSATION)
    await cut_all_connections(server)
    assert not await locks.give_back(CONVERSATION)
    locks.close()


async def test_whoever_is_cancelled_while_it_takes_a_lock_leaves_nothing_held(
    open_locks: OpenLocks, server: Database
) -> None:
    first, second = open_locks(), open_locks()
    async with first.lock(CONVERSATION):
        pass  # connected

    async def hold() -> None:
        async with first.lock(CONVERSATION):
            await asyncio.sleep(5)

    for number in range(60):
        taking = asyncio.create_task(hold())
        await asyncio.sleep(number * 0.0001)
        taking.cancel()
        with suppress(asyncio.CancelledError):
            await taking
    async with second.lock(CONVERSATION, lock_lifetime=1):
        assert await held(server) == 1
    async with first.lock(CONVERSATION, lock_lifetime=1):
        pass
    assert await held(server) == 0


async def test_whoever_is_cancelled_while_another_worker_holds_the_lock_takes_none_later(
    open_locks: OpenLocks, server: Database
) -> None:
    first, second = open_locks(), open_locks()

    async def follow() -> None:
        async with second.lock(CONVERSATION):
            pass

    async with first.lock(CONVERSATION):
        following = asyncio.create_task(follow())
        await asyncio.sleep(0.05)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        assert await held(server) == 1
    assert await held(server) == 0


async def test_closing_gives_everything_back(postgres_url: str, server: Database) -> None:
    locks = AdvisoryLocks(plain_url(postgres_url))
    assert await locks.take(CONVERSATION)
    assert await held(server) == 1
    locks.close()
    for _ in range(100):  # the server takes a moment to notice
        if not await held(server):
            break
        await asyncio.sleep(0.02)
    assert await held(server) == 0
