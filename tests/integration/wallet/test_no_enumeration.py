"""Nobody finds out who has an account: an unknown login is answered in the same words and the same time as a known one.

How long an answer takes is the machine's. So both are asked for in turns, and their ranks compared: how often does a
known login take longer than an unknown one (Mann and Whitney's U as a share of all pairs)? Half of the time if nothing
tells them apart; always or never if for one of them something is left out.
"""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from argon2 import PasswordHasher

from tests.integration.wallet.databases import ON_ONE_DATABASE
from tests.integration.wallet.house import Answer, House, Start
from wallet.api.even_steps import STEP_SECONDS
from wallet.settings import Settings

Ask = Callable[[House, str], Awaitable[Answer]]

ROUNDS = 20
# Shares of 20 against 20 that differ by chance alone stay within 0.1 and 0.9 all but once in fifty thousand times.
BY_CHANCE = 0.4
# Hundredths of a second: the order of answers closer than that is the scheduler's.
DIGITS_SEEN = 2
OF_ONE_ANSWER = {"X-Request-ID", "Date"}


async def sign_in(house: House, login: str) -> Answer:
    return await house.sign_in(login, "not the password")


async def ask_reset(house: House, login: str) -> Answer:
    return await house.call("POST", "/v1/password-resets", json={"login": login})


async def ask_link(house: House, login: str) -> Answer:
    body = {"login": login, "channel": "wechat", "channel_user": "writer"}
    return await house.support("/channel-links", "POST", body=body)


@pytest.fixture
async def slow_house(settings: Settings, start: Start) -> AsyncIterator[House]:
    """A wallet whose hashes take longer than a step, so that one left out shows."""
    async with start(settings, hasher=slow_hasher()) as house:
        yield house


def slow_hasher() -> PasswordHasher:
    # By the processor's time, which other programs do not lengthen.
    began = time.thread_time()
    _hasher_of(passes=10).hash("any")
    seconds = time.thread_time() - began
    return _hasher_of(passes=math.ceil(10 * 1.2 * STEP_SECONDS / seconds))


def _hasher_of(passes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=4096, parallelism=1)


ASKS = pytest.mark.parametrize("ask", [sign_in, ask_reset, ask_link], ids=lambda ask: str(ask.__name__))


@ON_ONE_DATABASE
@ASKS
async def test_either_answer_takes_a_full_step_however_little_there_is_to_do(house: House, ask: Ask) -> None:
    for login in (await house.open_user(), "nobody@example.com"):
        began = time.perf_counter()
        await ask(house, login)
        assert time.perf_counter() - began >= STEP_SECONDS


@ON_ONE_DATABASE
@ASKS
async def test_a_known_and_an_unknown_login_are_answered_alike(slow_house: House, ask: Ask) -> None:
    # So many that none is locked out by its wrong passwords.
    known = [await slow_house.open_user() for _ in range(ROUNDS // 4)]
    unknown = [f"user-{number:08x}" for number in range(ROUNDS // 4)]
    seconds: dict[bool, list[float]] = {True: [], False: []}
    seen: dict[bool, set[str]] = {True: set(), False: set()}
    for turn in range(ROUNDS):
        for is_known in (turn % 2 == 0, turn % 2 == 1):
            login = (known if is_known else unknown)[turn % len(known)]
            began = time.perf_counter()
            answer = await ask(slow_house, login)
            seconds[is_known].append(time.perf_counter() - began)
            seen[is_known].add(seen_of(answer))
    assert seen[True] == seen[False]
    assert len(seen[True]) == 1
    assert abs(share_longer(seconds[True], seconds[False]) - 0.5) < BY_CHANCE, seconds


def seen_of(answer: Answer) -> str:
    """All of an answer but what is new in each."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_ONE_ANSWER}
    body = {name: value for name, value in answer.body.items() if name not in ("request_id", "id", "number")}
    return f"{answer.status} {sorted(answer.body)} {body} {sorted(answer.headers)} {headers}"


def share_longer(these: list[float], those: list[float]) -> float:
    pairs = [(round(this, DIGITS_SEEN), round(that, DIGITS_SEEN)) for this in these for that in those]
    return sum((this > that) + (this == that) / 2 for this, that in pairs) / len(pairs)
