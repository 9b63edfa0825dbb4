"""Ports for the processes of a test, each told once: whoever is told one takes his time to listen on it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice

from bot.launch.processes import is_port_free

HOST = "127.0.0.1"
# Below what a system gives to whoever asks for any port, as clients and every other test's servers do all the time.
_FIRST, _FOR_EACH_WORKER, _WORKERS = 20_000, 1_000, 12


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, told to nobody else: neither in this worker nor in one beside it."""
    tried = islice(_own_ports(), _FOR_EACH_WORKER)
    found = list(islice((port for port in tried if is_port_free(HOST, port)), count))
    assert len(found) == count, "every port of this worker is taken"
    return found


@cache
def _own_ports() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    own = range(_FIRST + worker * _FOR_EACH_WORKER, _FIRST + (worker + 1) * _FOR_EACH_WORKER)
    # Not from the first one on: the tests of another folder may be running on this machine.
    begin = random.randrange(len(own))  # noqa: S311 - no secret
    return cycle([*own[begin:], *own[:begin]])
