"""How the processes of one machine fare: one line for each, and one whenever that changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from bot.launch.processes import Service, is_healthy

CHECK_SECONDS = 3.0
# A machine that is busy for a moment may let one check wait too long.
MISSES_ALLOWED = 1


class Condition(str, Enum):
    """How a process fares."""

    HEALTHY = "healthy"
    UNHEALTHY = "unhealthy"
    ENDED = "ended"


_COLOURS = {Condition.HEALTHY: "32", Condition.UNHEALTHY: "33", Condition.ENDED: "31"}


class Process(Protocol):
    """A process that was started."""

    @property
    def service(self) -> Service: ...
    @property
    def pid(self) -> int: ...
    @property
    def has_ended(self) -> bool: ...


@dataclass(frozen=True)
class State:
    """How a process fares since when. ``pid`` is None for one that somebody else has started in its place."""

    service: Service
    condition: Condition
    pid: int | None
    since: datetime

    def line(self, coloured: bool) -> str:
        """Name, address, health, number and since when, in columns."""
        word = f"{self.condition.value:<9}"
        if coloured:
            word = f"\033[{_COLOURS[self.condition]}m{word}\033[0m"
        who = "started by hand" if self.pid is None else f"pid {self.pid}"
        return f"  {self.service.name:<7} {self.service.url}  {word}  {who}, since {self.since:%H:%M:%S}"


class HealthCheck:
    """Asks for the health of a service over and over in the background, so that nobody waits for an answer."""

    def __init__(self, url: str, check: Callable[[str], bool] = is_healthy, seconds: float = CHECK_SECONDS) -> None:
        self._url, self._check, self._seconds = url, check, seconds
        self._misses = 0
        self.asked = 0
        self._stopping = threading.Event()
        # A daemon: a check that still waits may not hold the end up.
        self._thread = threading.Thread(target=self._ask_on, daemon=True)

    def start(self) -> None:
        """Begin; the service has just said that it is healthy."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopping.set()

    @property
    def answers(self) -> bool:
        """Whether the last answer was good."""
        return self._misses == 0

    @property
    def is_healthy(self) -> bool:
        """Whether one of the last answers was good."""
        return self._misses <= MISSES_ALLOWED

    def _ask_on(self) -> None:
        while not self._stopping.wait(self._seconds):
            self._misses = 0 if self._check(self._url) else self._misses + 1
            self.asked += 1


class Watched:
    """One process and what is known of it."""

    def __init__(self, process: Process, health: HealthCheck, now: Callable[[], datetime]) -> None:
        self.process, self._health, self._now = process, health, now
        self.state = State(process.service, Condition.HEALTHY, process.pid, now())
        self._asked_before_end: int | None = None

    def look(self) -> State | None:
        """The state if it is another one now."""
        condition, pid = self._found()
        if (condition, pid) == (self.state.condition, self.state.pid):
            return None
        self.state = State(self.process.service, condition, pid, self._now())
        return self.state

    def _found(self) -> tuple[Condition, int | None]:
        pid, is_healthy = self.process.pid, self._health.is_healthy
        if not self.process.has_ended:
            return (Condition.HEALTHY if is_healthy else Condition.UNHEALTHY), pid
        if self._asked_before_end is None:
            self._asked_before_end = self._health.asked
        # One more may have been under way when it ended: that answer was still its own.
        is_someone_there = self._health.asked > self._asked_before_end + 1 and is_healthy
        if is_someone_there and (self._health.answers or self.state.pid is None):
            return Condition.HEALTHY, None
        return Condition.ENDED, self.state.pid
