"""A desk and a bot that a test leads, on a thread of their own: a browser that is driven needs the test's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from sqlalchemy import update

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Language, Role
from bot.desk.agents.service import add_agent
from bot.desk.agents.tables import agents
from bot.desk.clock import system_clock, write_moment
from bot.desk.database import open_database, writing
from bot.desk.migrate import migrate
from bot.desk.settings import Settings
from tests.integration.desk.conftest import BOT_TOKEN, TOKEN, serving
from tests.integration.desk.conversing_bot import BotStore, conversing

Result = TypeVar("Result")

USER_ID, TRANSACTION = "user-77c41d9e20", "pay_9f1c0a7be24d5310"


class RunningDesk:
    """The desk at `url`; every method waits until it is done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._resources = AsyncExitStack()
        self.url = ""

    def start(self) -> None:
        """Serve until stopped."""
        self._thread.start()
        self._do(self._start())

    def stop(self) -> None:
        """End everything."""
        self._do(self._resources.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def sign_in(self, name: str, display_name: str, role: Role, language: str) -> str:
        """Add an agent and sign him in; what his browser's cookie is to bear."""
        return self._do(self._sign_in(name, display_name, role, Language(language)))

    def hand_over(self, number: str, **changes: Any) -> str:
        """Let the bot hand over; the number."""
        self._do(self._hand_over(number, changes))
        return number

    def say(self, number: str, text: str) -> None:
        """The user of a hand-off says something."""
        self._do(self._bot.say(f"of-{number}", text))

    def bot_says(self, number: str, text: str, *buttons: str) -> None:
        """The bot says something."""
        self._do(self._store.bot(f"of-{number}", text, *buttons))

    def tell(self, number: str, news: str) -> None:
        """The bot tells news of a conversation."""
        self._loop.call_soon_threadsafe(self._bot.tell, f"of-{number}", news)

    def set_bot_away(self, is_away: bool) -> None:
        """Let the bot answer nobody, or everybody again."""
        self._bot.is_away = is_away

    @property
    def typing(self) -> list[bool]:
        """What the bot was told of agents who type."""
        return self._bot.typing

    def _do(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _start(self) -> None:
        (self._folder / "var").mkdir()
        conversations = f"sqlite:///{self._folder}/var/conversations.sqlite"
        self._store = BotStore(conversations)
        self._resources.callback(self._store.close)
        self._bot, bot_url = await self._resources.enter_async_context(conversing(self._store))
        settings = Settings(
            environment="development",
            host="127.0.0.1",
            port=0,
            database_url=f"sqlite+aiosqlite:///{self._folder}/var/desk.sqlite",
            token=TOKEN,
            bot_token=BOT_TOKEN,
            bot_url=bot_url,
            conversations_url=conversations,
        )
        self._engine = await self._resources.enter_async_context(open_database(settings.database_url))
        await migrate(self._engine)
        self.url = await self._resources.enter_async_context(serving(settings, system_clock))

    async def _sign_in(self, name: str, display_name: str, role: Role, language: Language) -> str:
        now = system_clock()
        async with writing(self._engine) as connection:
            # Whoever bore the name in an earlier test has left.
            leaving = update(agents).where(agents.c.display_name == display_name)
            await connection.execute(leaving.values(display_name="gone: " + agents.c.name))
        agent = await add_agent(self._engine, name, display_name, role, language, "no hash", False, now)
        return await sign_ins.begin(self._engine, agent, now)

    async def _hand_over(self, number: str, changes: dict[str, Any]) -> None:
        now = write_moment(system_clock())
        packet = {
            "number": number,
            "conversation_id": f"of-{number}",
            "channel": "widget",
            "language": "zh",
            "user_id": USER_ID,
            "topic": "payment_failure",
            "reason": "exhausted",
            "requested_at": now,
            "findings": [
                {"cause": "over_daily_limit", "values": {"limit": "5,000.00 CNY", "transaction": TRANSACTION}}
            ],
            "steps": [{"step": "raise_daily_limit", "outcome": "failed", "at": now}],
            "facts": {"verified": True, "source": "account"},
            "transcript": {"conversation_id": f"of-{number}", "until": now},
            "last_words": "还是不行",
            **changes,
        }
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with (
            aiohttp.ClientSession(self.url, headers=headers) as session,
            session.post("/v1/handoffs", json=packet) as answer,
        ):
            assert answer.status == 201, await answer.text()


@contextmanager
def running_desk(folder: Path) -> Iterator[RunningDesk]:
    """A desk for as long as the block lasts."""
    desk = RunningDesk(folder)
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()
