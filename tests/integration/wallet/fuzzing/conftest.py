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


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Fuzzed]:
    """The wallet with two users, for all tests of a module."""
    file = tmp_path_factory.mktemp("fuzzed") / "wallet.sqlite"
    shutil.copy(migrated_file, file)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def wait(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(WAIT_SECONDS)

    stack = AsyncExitStack()
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    try:
        house = wait(stack.enter_async_context(serving(_settings(file), TurnableClock(NOON), hasher)))
        yield wait(_arrange(house))
    finally:
        wait(stack.aclose())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(WAIT_SECONDS)
        loop.close()


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
