"""The real desk on a filled database, with a lead signed in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from tests.benchmarks.memory import memory_of
from tests.benchmarks.systems import Process
from tests.stack.desk_person import DeskPerson
from tests.stack.processes import Stack

_TOKENS = {name: f"{name.lower()}-of-a-benchmark-0123456789" for name in ("HOTLINE_DESK_TOKEN", "HOTLINE_BOT_TOKEN")}
_MEMORY_SECONDS, _READY_SECONDS, _ANSWER_SECONDS = 0.05, 120, 900


def settings_of(url: str) -> dict[str, str]:
    """What a command of the desk must be told; nothing is removed because it is old."""
    return {
        **_TOKENS,
        "HOTLINE_ENVIRONMENT": "development",
        "HOTLINE_DATABASE_URL": url,
        "HOTLINE_RETENTION_DAYS": "0",
    }


@dataclass(frozen=True)
class Answer:
    """One page: its status, its words, how long it took in seconds."""

    status: int
    body: str
    seconds: float


class Lead:
    """A lead at the desk who looks at pages."""

    def __init__(self, process: Process, person: DeskPerson) -> None:
        self._process, self._person = process, person

    def look(self, path: str) -> Answer:
        """Ask for a page and wait for all of it."""
        began = time.perf_counter()
        answer = self._person.get(path)
        return Answer(answer.status, str(answer.body), time.perf_counter() - began)

    @contextmanager
    def highest_memory(self) -> Iterator[list[int]]:
        """The most memory that the desk has while the block runs, in bytes; nothing where the machine does not tell."""
        is_over, highest = Event(), [0]

        def watch() -> None:
            while not is_over.wait(_MEMORY_SECONDS):
                highest[0] = max(highest[0], self.memory())

        watching = Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield highest
        finally:
            is_over.set()
            watching.join()

    def memory(self) -> int:
        """What the desk has now, in bytes."""
        return memory_of([self._process.pid]) or 0


@contextmanager
def lead_at_desk(folder: Path, url: str) -> Iterator[Lead]:
    """A desk that runs on this database for as long as the block."""
    shutil.rmtree(folder, ignore_errors=True)
    stack = Stack(folder)
    stack.settings |= settings_of(url)
    stack.logs.mkdir(parents=True)
    process = Process(stack.services["desk"], stack.environment, stack.logs)
    try:
        process.wait_until_ready(_READY_SECONDS)
        person = DeskPerson.new(stack, "bench.lead", "Bench Lead", role="lead")
        person.answer_seconds = _ANSWER_SECONDS
        yield Lead(process, person)
    finally:
        process.ask_to_end()
        process.end()
