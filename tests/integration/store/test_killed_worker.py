"""A worker that is killed at any moment leaves of each turn all or nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot.store.database import Database
from bot.store.migrate import migrate
from tests.integration.store.turns import CONVERSATION, assert_the_summary_is_right, rows
from tests.unit.bot.store.talk import numbered

_KILLS = 10
_LONGEST_LIFE = 0.4  # seconds, in which it opens the database and saves some turns
_LONGEST_EVER = 10.0  # seconds


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that makes workers."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.store.nursery"]
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with made:
        yield made
        assert made.stdin is not None
        made.stdin.close()


def live_and_die(nursery: subprocess.Popen[str], url: str, seconds: float) -> None:
    assert nursery.stdin is not None and nursery.stdout is not None
    nursery.stdin.write(f"{url} {CONVERSATION}\n")
    nursery.stdin.flush()
    pid = int(nursery.stdout.readline())
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    assert nursery.stdout.readline() == "\n"


async def test_every_turn_is_there_as_a_whole_or_not_at_all(nursery: subprocess.Popen[str], url: str) -> None:
    database = Database(url)
    database.migrate(migrate)
    for _ in range(_KILLS):
        live_and_die(nursery, url, random.uniform(0, _LONGEST_LIFE))  # noqa: S311 - any moment will do
    seconds = _LONGEST_LIFE
    while seconds < _LONGEST_EVER and not await rows(database):
        # A busy machine; what is not written at all shows nothing.
        seconds *= 2
        live_and_die(nursery, url, seconds)
    stored = [event for _, event in await rows(database)]
    size = len(numbered(0))
    turns = [stored[place : place + size] for place in range(0, len(stored), size)]
    for number, turn in enumerate(turns):
        assert [(event["event"], event.get("text")) for event in turn] == [
            (event.type_name, event.as_dict().get("text")) for event in numbered(number)
        ]
    assert turns, "the workers lived too short to save anything"
    await assert_the_summary_is_right(database)
    database.close()
