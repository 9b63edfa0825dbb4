"""Who has a hand-off open at this moment, so that two do not work on it unknowingly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.desk.handoffs.payloads import AgentName
from bot.desk.live.hub import Hub, of_handoff


class Viewers:
    """Who looks at what. An agent with two windows is one viewer until both are closed."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._looking: dict[str, Counter[AgentName]] = {}

    @contextmanager
    def look(self, number: str, agent: AgentName) -> Iterator[None]:
        """Look at a hand-off for as long as the block lasts."""
        windows = self._looking.setdefault(number, Counter())
        windows[agent] += 1
        self._tell(number)
        try:
            yield
        finally:
            windows[agent] -= 1
            if not windows[agent]:
                del windows[agent]
            if not windows:
                self._looking.pop(number, None)
            self._tell(number)

    def of(self, number: str) -> list[AgentName]:
        """Who looks at a hand-off, the longest first."""
        return list(self._looking.get(number, ()))

    def _tell(self, number: str) -> None:
        self._hub.publish(of_handoff(number), {"news": "viewers"})
