"""One turn of a conversation at a time, over all workers of one database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import SQLAlchemyError

from bot.store.advisory_locks import AdvisoryLocks
from bot.store.database import DEFAULT_URL, plain_url

logger = logging.getLogger(__name__)

_FIRST_WAIT, _LONGEST_WAIT = 0.005, 0.1  # seconds between two tries while another worker has the lock


class ConversationLocks(LockStore):  # type: ignore[misc]
    """Locks in memory, and on PostgreSQL also locks that all workers see.

    Messages that one worker has got take their turns in the order they came. Between workers the first to ask has it.
    Rasa's own stores look once a second whether it is their turn, and with Redis lose messages of one conversation that
    come together. Named in endpoints.yml.
    """

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__()
        url = plain_url(endpoint_config.url or DEFAULT_URL)
        self._shared = AdvisoryLocks(url) if url.get_backend_name() == "postgresql" else None
        self._local: dict[str, asyncio.Lock] = {}
        self._wanted: dict[str, int] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncIterator[None]:
        """Hold the conversation. Raises LockError when it cannot be had within ``lock_lifetime`` seconds."""
        lock = self._local.setdefault(conversation_id, asyncio.Lock())
        self._wanted[conversation_id] = self._wanted.get(conversation_id, 0) + 1
        try:
            if self._wanted[conversation_id] == 1:
                await lock.acquire()  # at once: it is neither held nor promised to another message
            else:
                await _wait_for(lock, conversation_id, lock_lifetime)
            try:
                if self._shared is not None:
                    await self._take(self._shared, conversation_id, lock_lifetime)
                try:
                    yield
                finally:
                    if self._shared is not None:
                        await _give_back(self._shared, conversation_id)
            finally:
                lock.release()
        finally:
            self._wanted[conversation_id] -= 1
            if not self._wanted[conversation_id]:
                del self._wanted[conversation_id], self._local[conversation_id]

    @staticmethod
    async def _take(shared: AdvisoryLocks, conversation_id: str, seconds: float) -> None:
        wait, waited = _FIRST_WAIT, 0.0
        while not await shared.take(conversation_id):
            if waited > seconds:
                raise LockError(f"conversation {conversation_id} is held by another worker")
            await asyncio.sleep(wait)
            waited += wait
            wait = min(wait * 2, _LONGEST_WAIT)

    def close(self) -> None:
        """Give the connection back, and with it every lock."""
        if self._shared is not None:
            self._shared.close()


async def _wait_for(lock: asyncio.Lock, conversation_id: str, seconds: float) -> None:
    try:
        await asyncio.wait_for(lock.acquire(), seconds)
    except asyncio.TimeoutError as error:
        raise LockError(f"conversation {conversation_id} is held by another message") from error


async def _give_back(shared: AdvisoryLocks, conversation_id: str) -> None:
    try:
        await shared.give_back(conversation_id)
    except SQLAlchemyError:
        # The lock has ended with its connection; the turn that it was for is done.
        logger.exception("the lock of conversation %s could not be given back", conversation_id)
