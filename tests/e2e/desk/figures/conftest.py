"""A desk with enough conversations for figures, and leads with browsers."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.e2e.desk.pages.running_desk import RunningDesk
from tests.e2e.desk.review.conftest import desk, enter, folder
from tests.integration.desk.review.talk import Record, Talk, payment_talk

__all__ = ["desk", "enter", "folder"]

_DAY = 86_400
ENGLISH, CHINESE = 40, 12


@pytest.fixture(scope="module")
def conversations(desk: RunningDesk, folder: Path) -> None:
    """Payments that were walked through and broken off, day by day; the Chinese are few; some say what they think."""
    record = Record(f"sqlite:///{folder}/var/conversations.sqlite")
    now = time.time()

    async def keep() -> None:
        for number in range(ENGLISH + CHINESE):
            language = "en" if number < ENGLISH else "zh"
            await record.keep(f"paid-{number}", payment_talk(now - (number % 20 + 1) * _DAY / 2, language=language))
        for number in range(3):
            talk = Talk(now - (number + 1) * 5 * _DAY).user(f"the receipt is hard to find {number}", "give_feedback")
            await record.keep(f"said-{number}", talk.bot("Thank you, I pass it on."))

    try:
        asyncio.run(keep())
    finally:
        record.close()
