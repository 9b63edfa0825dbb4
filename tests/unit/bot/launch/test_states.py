"""How the processes of one machine fare is told in one line each, and again only when it changes."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from bot.launch.processes import Service
from bot.launch.states import Condition, HealthCheck, State, Watched

NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=timezone.utc)
WALLET = Service("wallet", ["python"], "127.0.0.1", 5100)


@dataclass
class FakeProcess:
    """A process that ends when a test says so."""

    service: Service = WALLET
    pid: int = 4711
    has_ended: bool = False


class FakeHealth(HealthCheck):
    """Answers are given by the test, one at a time."""

    def __init__(self) -> None:
        super().__init__(WALLET.url)

    def answer(self, *good: bool) -> None:
        for each in good:
            self._misses = 0 if each else self._misses + 1
            self.asked += 1


class Clock:
    """A second later at each look."""

    def __init__(self) -> None:
        self.now = NOON - timedelta(seconds=1)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def process() -> FakeProcess:
    return FakeProcess()


@pytest.fixture
def health() -> FakeHealth:
    return FakeHealth()


@pytest.fixture
def watched(process: FakeProcess, health: FakeHealth) -> Watched:
    return Watched(process, health, Clock())


def test_a_line_has_name_address_health_number_and_since_when(watched: Watched) -> None:
    assert watched.state.line(coloured=False).split() == (
        "wallet http://127.0.0.1:5100 healthy pid 4711, since 12:00:05".split()
    )


def test_only_a_terminal_gets_colours(watched: Watched) -> None:
    assert "\033[32mhealthy" in watched.state.line(coloured=True)
    assert "\033" not in watched.state.line(coloured=False)


def test_the_words_stand_in_columns() -> None:
    lines = [State(WALLET, condition, 1, NOON).line(coloured=False) for condition in Condition]
    assert len({line.index("pid") for line in lines}) == 1


def test_what_goes_on_is_not_told_again(watched: Watched, health: FakeHealth) -> None:
    health.answer(True, True, True)
    assert watched.look() is None


def test_one_late_answer_is_no_news_and_two_are(watched: Watched, health: FakeHealth) -> None:
    health.answer(False)
    assert watched.look() is None
    health.answer(False)
    told = watched.look()
    assert told and (told.condition, told.pid) == (Condition.UNHEALTHY, 4711)
    assert told.since > NOON
    assert watched.look() is None


def test_health_that_comes_back_is_told(watched: Watched, health: FakeHealth) -> None:
    health.answer(False, False)
    watched.look()
    health.answer(True)
    told = watched.look()
    assert told and told.condition is Condition.HEALTHY


def test_an_end_is_told_once_and_at_once(watched: Watched, process: FakeProcess) -> None:
    process.has_ended = True
    told = watched.look()
    assert told and (told.condition, told.pid) == (Condition.ENDED, 4711)
    assert watched.look() is None


def test_an_answer_that_was_under_way_at_the_end_is_no_new_process(
    watched: Watched, process: FakeProcess, health: FakeHealth
) -> None:
    process.has_ended = True
    watched.look()
    health.answer(True)
    assert watched.look() is None


def test_one_that_somebody_starts_again_is_told_and_so_is_its_end(
    watched: Watched, process: FakeProcess, health: FakeHealth
) -> None:
    process.has_ended = True
    watched.look()
    health.answer(False, False, False, True)
    again = watched.look()
    assert again and (again.condition, again.pid) == (Condition.HEALTHY, None)
    assert "started by hand" in again.line(coloured=False)
    health.answer(False)
    assert watched.look() is None
    health.answer(False)
    gone = watched.look()
    assert gone and gone.condition is Condition.ENDED
    health.answer(True)
    assert watched.look()


def test_the_check_asks_on_in_the_background_until_it_is_stopped() -> None:
    asked, silent = threading.Event(), threading.Event()

    def check(url: str) -> bool:
        assert url == WALLET.url
        asked.set()
        return not silent.is_set()

    health = HealthCheck(WALLET.url, check, seconds=0.01)
    health.start()
    try:
        assert asked.wait(10)
        assert health.is_healthy
        silent.set()
        deadline = time.monotonic() + 10
        while health.is_healthy and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not health.is_healthy
    finally:
        health.stop()
        health._thread.join(10)
    assert not health._thread.is_alive()


def test_a_service_that_hangs_makes_nobody_wait(process: FakeProcess) -> None:
    hanging = threading.Event()
    health = HealthCheck(WALLET.url, lambda _: hanging.wait(30), seconds=0.01)
    watched = Watched(process, health, Clock())
    health.start()
    began = time.monotonic()
    process.has_ended = True
    assert watched.look()
    assert time.monotonic() - began < 5
    health.stop()
    hanging.set()
