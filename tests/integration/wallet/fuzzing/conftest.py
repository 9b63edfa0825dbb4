"""One wallet for all requests nobody thought of: served from a thread, as those who ask do not await."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from hypothesis.internal.cache import LRUCache
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.integration.wallet.house import NOON, House, SignedIn, TurnableClock, serving
from wallet.settings import Settings

T = TypeVar("T")
WAIT_SECONDS = 60


@dataclass(frozen=True)
class Fuzzed:
    """The wallet, a user who is signed in, and another one whom the support line asks about."""

    house: House
    user: SignedIn
    subject: str
    card_id: str

    def token_for(self, operation: dict[str, Any]) -> str | None:
        """The token that may call an operation."""
        kinds = {kind for requirement in operation["security"] for kind in requirement}
        if "service_token" in kinds:
            return self.house.settings.support_token
        return self.user.token if "user_token" in kinds else None


class Backstage:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of something done there."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_SECONDS)

    def end(self) -> None:
        """Stop the loop and its thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_SECONDS)
        self._loop.close()


@pytest.fixture(autouse=True)
def nothing_but_the_description(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hypothesis draws constants from all modules that are loaded, so other tests would change what this one tries."""
    monkeypatch.setattr(providers.HypothesisProvider, "_local_constants", Constants())
    monkeypatch.setattr(providers, "CONSTANTS_CACHE", LRUCache(1024))


@pytest.fixture(scope="module")
def backstage() -> Iterator[Backstage]:
    """Where the wallet is served from."""
    backstage = Backstage()
    yield backstage
    backstage.end()


@pytest.fixture(scope="module")
def house(backstage: Backstage, tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[House]:
    """The wallet, for all tests of a module."""
    file = tmp_path_factory.mktemp("fuzzed") / "wallet.sqlite"
    shutil.copy(migrated_file, file)
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    stack = AsyncExitStack()
    yield backstage.wait(stack.enter_async_context(serving(_settings(file), TurnableClock(NOON), hasher)))
    backstage.wait(stack.aclose())


@pytest.fixture
def fuzzed(backstage: Backstage, house: House) -> Fuzzed:
    """The wallet with two users of the test's own: what is tried may freeze them or end their sessions."""
    return backstage.wait(_arrange(house))


async def _arrange(house: House) -> Fuzzed:
    user, subject = await house.user("900", level=3), await house.user("100")
    return Fuzzed(house, user, subject.user_id, await subject.bind_card())


def _settings(file: Path) -> Settings:
    return Settings(
        token_secret=secrets.token_hex(24),
        user_token_secret=secrets.token_hex(24),
        support_token=secrets.token_hex(24),
        support_read_token=secrets.token_hex(24),
        database_url=f"sqlite+aiosqlite:///{file}",
        attempts_per_address=10**6,
        attempts_per_account=10**6,
        calls_per_user=10**6,
        calls_per_service=10**6,
    )
