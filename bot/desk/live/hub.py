"""Tells whoever listens what is new, by topic. Nothing is kept: who missed something reads it again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Data = dict[str, Any]
News = tuple[str, Data]

QUEUE = "queue"
CLOSING = "closing"
MISSED = "missed"
CONVERSATION = "conversation:"
# Whoever has so much before him has stopped reading.
MOST_WAITING = 1000


def of_handoff(number: str) -> str:
    """The topic of one hand-off."""
    return f"handoff:{number}"


def of_conversation(conversation_id: str) -> str:
    """The topic of one conversation."""
    return f"{CONVERSATION}{conversation_id}"


def of_agent(agent_id: int) -> str:
    """The topic of what one agent is told."""
    return f"agent:{agent_id}"


class Hub:
    """Everybody who listens, by topic. To be used on one event loop."""

    def __init__(self) -> None:
        self._listening: dict[str, set[asyncio.Queue[News]]] = {}
        self._is_closed = False

    def publish(self, topic: str, data: Data) -> None:
        """Tell those who listen to a topic."""
        for queue in self._listening.get(topic, ()):
            self._put(queue, (topic, data))

    def publish_to_all(self, prefix: str, data: Data) -> None:
        """Tell those who listen to any topic that begins so, as when it is not known what was missed."""
        for topic in [topic for topic in self._listening if topic.startswith(prefix)]:
            self.publish(topic, data)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[asyncio.Queue[News]]:
        """News of these topics from now on, and of the end of the server."""
        queue: asyncio.Queue[News] = asyncio.Queue()
        for topic in {*topics, CLOSING}:
            self._listening.setdefault(topic, set()).add(queue)
        if self._is_closed:
            queue.put_nowait((CLOSING, {}))
        try:
            yield queue
        finally:
            for topic in {*topics, CLOSING}:
                listening = self._listening[topic]
                listening.discard(queue)
                if not listening:
                    del self._listening[topic]

    def _put(self, queue: asyncio.Queue[News], news: News) -> None:
        """Tell somebody something; one who is far behind is told instead that he has missed much and may look again."""
        if queue.qsize() >= MOST_WAITING:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait((MISSED, {}))
            if self._is_closed:
                queue.put_nowait((CLOSING, {}))
        queue.put_nowait(news)

    def close(self) -> None:
        """Ask everybody to go: the server ends."""
        self._is_closed = True
        self.publish(CLOSING, {})
