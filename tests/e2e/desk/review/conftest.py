"""A desk for the tests of a module, conversations beside it, and leads with browsers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.desk.agents.payloads import Role
from tests.e2e.desk.pages.running_desk import RunningDesk, running_desk
from tests.e2e.desk.review.lead_page import LeadPage
from tests.e2e.screens import DESKTOP
from tests.integration.desk.review.talk import Record, Talk, payment_talk

_NUMBERS = count(1)

USER_ID, PHONE = "user-77c41d9e20", "13812345678"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[RunningDesk]:
    """A desk that serves."""
    with running_desk(folder) as running:
        yield running


@pytest.fixture(scope="module")
def conversations(desk: RunningDesk, folder: Path) -> list[int]:
    """Three conversations about payments, a long one, and one that was not understood; the seqs of that one's lines."""
    record = Record(f"sqlite:///{folder}/var/conversations.sqlite")
    now = time.time()

    async def keep() -> list[int]:
        for number in range(3):
            # Minutes ago: they are not to count as broken off, and so wait for a review, before the tests end.
            await record.keep(f"paid-{number}", payment_talk(now - 60 * (number + 1), USER_ID))
        long = Talk(now - 90_000)
        for number in range(150):
            long.user(f"line {number}", "greet").bot("Hello!")
        await record.keep("long", long)
        talk = Talk(now - 7200, user_id=USER_ID).not_understood(f"the thingy, call {PHONE}", ("ask_usage", 0.41))
        talk.bot("Is it about one of these?", "Fees", "Limits").wait(3700).press("Fees", "ask_fees")
        return await record.keep("odd", talk.bot("It costs nothing."))

    try:
        return asyncio.run(keep())
    finally:
        record.close()


@pytest.fixture
def enter(desk: RunningDesk, conversations: list[int], new_context: Callable[..., Any]) -> Callable[..., LeadPage]:
    """Sign a new lead in on a new device: ``enter("zh", PHONE)``."""

    def sign_in(language: str = "en", screen: dict[str, Any] = DESKTOP, **options: Any) -> LeadPage:
        number = next(_NUMBERS)
        token = desk.sign_in(f"lead{number}", f"Wang Fang {number}", Role.LEAD, language)
        context = new_context(language, screen, **options)
        context.add_cookies([{"name": "desk_session", "value": token, "url": desk.url}])
        return LeadPage(context.new_page(), desk.url)

    return sign_in
