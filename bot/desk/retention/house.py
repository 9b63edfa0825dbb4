"""Everything that keeps something of a conversation, opened together: record, desk, and what waits between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.clock import Clock, system_clock
from bot.desk.database import open_database
from bot.desk.migrate import migrate
from bot.desk.retention.layout import Layout, layouts
from bot.desk.retention.record import Record
from bot.desk.settings import Settings


@dataclass(frozen=True)
class Tables:
    """The tables of both databases as they are; none of a record that has not been made yet."""

    record: tuple[Layout, ...]
    desk: tuple[Layout, ...]


@dataclass(frozen=True)
class House:
    """`outbox` is the folder in which hand-overs wait. The record may not have been made yet, see `Record.is_there`."""

    desk: AsyncEngine
    record: Record
    outbox: Path
    clock: Clock

    async def tables(self) -> Tables:
        """Look which tables there are."""
        is_there = await self.record.is_there()
        of_record = await self.record.read(layouts) if is_there else []
        async with self.desk.connect() as connection:
            of_desk = await connection.run_sync(layouts)
        return Tables(tuple(of_record), tuple(of_desk))

    def files(self) -> list[Path]:
        """The files of the databases that are on SQLite."""
        of_desk = self.desk.url.database if self.desk.dialect.name == "sqlite" else None
        return [file for file in (self.record.file, of_desk and Path(of_desk)) if file and file.exists()]


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[House]:
    """Open all of it for as long as the block lasts, the desk's database brought up to date."""
    record = Record(str(make_url(settings.conversations_url).render_as_string(hide_password=False)))
    try:
        async with open_database(settings.database_url) as engine:
            await migrate(engine)
            yield House(engine, record, Path(settings.outbox_folder), clock)
    finally:
        record.close()
