"""The measuring: each system by turns, alone on the machine but for the wallet and the desk."""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.benchmarks.figures import percentile
from tests.benchmarks.growth import curve
from tests.benchmarks.plan import Plan
from tests.benchmarks.played import Played, PlayedTurn
from tests.benchmarks.scripts import Scripts
from tests.benchmarks.systems import System

_LONGEST_PLAY_SECONDS = 1800


@dataclass
class Measurement:
    """What one system showed in all its rounds. Times are in seconds, memory in bytes."""

    start: list[float] = field(default_factory=list)
    memory_at_start: list[int] = field(default_factory=list)
    memory_after_load: list[int] = field(default_factory=list)
    first_turns: list[PlayedTurn] = field(default_factory=list)
    loads: dict[int, list[Played]] = field(default_factory=dict)
    long: list[PlayedTurn] = field(default_factory=list)
    unanswered: int = 0

    def percentiles(self, users: int, share: float) -> list[float]:
        """Of each round's turns with so many users talking."""
        return [percentile([turn.seconds for turn in played.busy_turns], share) for played in self.loads[users]]

    def turns_per_second(self, users: int) -> list[float]:
        """Of each round with so many users talking."""
        return [len(played.busy_turns) / played.busy_seconds for played in self.loads[users]]

    def curve(self, cycle_length: int) -> dict[int, float]:
        """Seconds of a turn as one conversation grows."""
        return curve(self.long, cycle_length)

    def as_raw(self) -> dict[str, Any]:
        """Every number for the file, and what was said the first time."""
        numbers = {name: value for name, value in asdict(self).items() if name not in ("loads", "long")}
        loads = {users: [_raw_load(played) for played in rounds] for users, rounds in self.loads.items()}
        long = [{"number": turn.number, "milliseconds": _milliseconds(turn)} for turn in self.long]
        return {**numbers, "loads": loads, "long": long}


def measure(system: System, plan: Plan, scripts: Scripts, into: Measurement) -> None:
    """One round: start, look at the memory, play everything, look again, end."""
    try:
        into.start.append(system.start())
        into.memory_at_start += _known(system.memory())
        names = [script.name for script in scripts.short]
        # Once round to warm up, which shows what is answered and counts for no time.
        first = _play(system, 1, names, into)
        into.first_turns = into.first_turns or list(first.turns)
        for users in plan.conversations:
            into.loads.setdefault(users, []).append(_play(system, users, plan.scripts(names, users), into))
        for _ in range(plan.long_conversations):
            into.long += _play(system, 1, [scripts.long.name], into).turns
        into.memory_after_load += _known(system.memory())
    finally:
        system.stop()


def _play(system: System, users: int, names: list[str], into: Measurement) -> Played:
    command = [sys.executable, "-m", "tests.benchmarks.load", system.url, str(users), *names]
    try:
        done = subprocess.run(
            command, env=system.environment, capture_output=True, text=True, check=False, timeout=_LONGEST_PLAY_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise SystemExit(
            f"{system.name} did not get through {len(names)} conversations in {error.timeout} s"
        ) from error
    if done.returncode:
        raise SystemExit(f"playing against {system.name} failed: {done.stderr.strip().splitlines()[-1]}")
    played = Played.from_json(done.stdout)
    into.unanswered += played.unanswered
    return played


def _known(number: int | None) -> list[int]:
    return [] if number is None else [number]


def _raw_load(played: Played) -> dict[str, Any]:
    return {"busy_seconds": played.busy_seconds, "milliseconds": [_milliseconds(turn) for turn in played.busy_turns]}


def _milliseconds(turn: PlayedTurn) -> float:
    return round(turn.seconds * 1000, 2)


def middle(numbers: list[float] | list[int]) -> float | None:
    """The median; None of nothing."""
    return statistics.median(numbers) if numbers else None
