"""What runs in a desk beside its answers: opened with the server, ended with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sanic import Sanic

from bot.desk.clock import Clock
from bot.desk.conversations import Conversations
from bot.desk.database import open_database
from bot.desk.figures.ahead import counting_ahead
from bot.desk.handoffs.moves import contradict
from bot.desk.handoffs.sweeper import Sweeper
from bot.desk.handoffs.work import changing
from bot.desk.hours.calendar_file import open_hours
from bot.desk.lasting import Lasting
from bot.desk.letters.bot_client import BotClient
from bot.desk.letters.delivery import Delivery
from bot.desk.live.hub import Hub
from bot.desk.live.news import listen
from bot.desk.live.viewers import Viewers
from bot.desk.parts import Desk, Limits
from bot.desk.retention.house import House
from bot.desk.retention.record import Record
from bot.desk.retention.retaining import retain
from bot.desk.settings import Settings
from bot.desk.stopping import Stopping


def set_up_desk(app: Sanic, settings: Settings, clock: Clock) -> None:
    """Give the application its desk before the first request, and close it after the last."""
    resources = AsyncExitStack()
    hours = open_hours(settings.hours)
    app.ctx.lasting = Lasting()

    async def open_it(app: Sanic, _loop: Any) -> None:
        app.ctx.engine = await resources.enter_async_context(open_database(settings.database_url))
        app.ctx.conversations = Conversations(settings.conversations_url)
        resources.callback(app.ctx.conversations.close)
        bot = await resources.enter_async_context(BotClient(settings.bot_url, settings.bot_token))
        hub = Hub()
        limits = Limits(longest_wait=timedelta(seconds=settings.longest_wait_s))
        app.ctx.desk = Desk(app.ctx.engine, clock, hours, limits, hub, Viewers(hub), bot, started_at=clock())
        await resources.enter_async_context(work_beside(app.ctx.desk))
        counted = (app.ctx.weeks, app.ctx.conversations, app.ctx.rendering.zone, clock)
        await resources.enter_async_context(counting_ahead(*counted))
        if settings.retention_days:
            record = Record(settings.conversations_url)
            resources.callback(record.close)
            house = House(app.ctx.engine, record, Path(settings.outbox_folder), clock)
            await resources.enter_async_context(forget_in_time(house, settings.retention_days))

    async def say_so(app: Sanic, _loop: Any) -> None:
        # Streams have no end of their own, and the server waits for them.
        app.ctx.desk.live.close()

    async def close_it(app: Sanic, _loop: Any) -> None:
        await app.ctx.lasting.wait()
        await resources.aclose()

    app.before_server_start(open_it)
    app.before_server_stop(say_so)
    app.after_server_stop(close_it)


@asynccontextmanager
async def forget_in_time(house: House, days: int) -> AsyncIterator[None]:
    """Remove what is older than so many days for as long as the block lasts."""
    stopping = Stopping()
    task = asyncio.create_task(retain(house, days, stopping))
    try:
        yield
    finally:
        stopping.stop()
        await task


@asynccontextmanager
async def work_beside(desk: Desk) -> AsyncIterator[None]:
    """Bring letters, listen to the bot and look after the queue for as long as the block lasts."""
    stopping = Stopping()

    async def contradicted(number: str, state: str) -> None:
        async with changing(desk) as work:
            await contradict(work, number, state)

    delivery = Delivery(desk.engine, desk.clock, desk.bot, desk.letters, desk.live, contradicted, stopping)
    tasks = [
        asyncio.create_task(delivery.run()),
        asyncio.create_task(listen(desk.bot, desk.live, stopping)),
        asyncio.create_task(Sweeper(desk).run(stopping)),
    ]
    try:
        yield
    finally:
        stopping.stop()
        await asyncio.gather(*tasks)
