"""Tells whoever waits for news of a conversation that there is some; workers that share a database tell each other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Protocol


class News(Enum):
    """What can be new. Only ``STORED`` can be looked up later; who misses one of the others has missed nothing."""

    STORED = "stored"
    TYPING = "typing"
    STOPPED_TYPING = "stopped_typing"
    PERSON_TYPING = "person_typing"
    PERSON_STOPPED_TYPING = "person_stopped_typing"
    USER_TYPING = "user_typing"
    USER_STOPPED_TYPING = "user_stopped_typing"
    CLOSING = "closing"


class Relay(Protocol):
    """Carries between workers that something was stored."""

    def start(self, announcements: Announcements) -> None:
        """Listen to the others. Called on the event loop."""

    def close(self) -> None:
        """Listen no longer."""


class Announcements:
    """Everybody who waits, by conversation. To be used on one event loop."""

    def __init__(self, relay: Relay | None = None) -> None:
        self._relay = relay
        self._waiting: dict[str, set[asyncio.Queue[News]]] = {}
        self._overhearing: set[asyncio.Queue[tuple[str | None, News]]] = set()
        self._is_closed = False

    def start(self) -> None:
        """Listen to the other workers, if there are any."""
        if self._relay is not None:
            self._relay.start(self)

    def announce(self, conversation_id: str, news: News) -> None:
        """Tell those who wait on this conversation."""
        for queue in self._waiting.get(conversation_id, ()):
            queue.put_nowait(news)
        for everything in self._overhearing:
            everything.put_nowait((conversation_id, news))

    def announce_to_all(self, news: News) -> None:
        """Tell everybody, as when it is not known what was missed."""
        for queues in list(self._waiting.values()):
            for queue in queues:
                queue.put_nowait(news)
        for everything in self._overhearing:
            everything.put_nowait((None, news))

    @contextmanager
    def of(self, conversation_id: str) -> Iterator[asyncio.Queue[News]]:
        """News of a conversation from now on."""
        queue: asyncio.Queue[News] = asyncio.Queue()
        waiting = self._waiting.setdefault(conversation_id, set())
        waiting.add(queue)
        if self._is_closed:
            queue.put_nowait(News.CLOSING)
        try:
            yield queue
        finally:
            waiting.discard(queue)
            if not waiting:
                self._waiting.pop(conversation_id, None)

    @contextmanager
    def of_all(self) -> Iterator[asyncio.Queue[tuple[str | None, News]]]:
        """News of every conversation from now on, with its id; None for something that concerns them all."""
        queue: asyncio.Queue[tuple[str | None, News]] = asyncio.Queue()
        self._overhearing.add(queue)
        if self._is_closed:
            queue.put_nowait((None, News.CLOSING))
        try:
            yield queue
        finally:
            self._overhearing.discard(queue)

    def close(self) -> None:
        """Ask everybody to go: the process ends."""
        self._is_closed = True
        self.announce_to_all(News.CLOSING)
        if self._relay is not None:
            self._relay.close()
