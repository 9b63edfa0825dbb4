"""Keeps something of users everywhere in a house, and says what is kept."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.desk.database import writing
from bot.desk.retention.house import House
from bot.desk.schema import metadata as of_desk
from bot.store.database import Database
from bot.store.record import append
from bot.store.tables import metadata as of_record
from tests.integration.desk.retention.filled import handoff, message, talk

# For a test that is to hold on both databases.
on_both = pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)


class Keeper:
    """Writes as bot and desk do, past both of them."""

    def __init__(self, house: House, database: Database) -> None:
        self.house, self.database = house, database

    async def talk(self, name: str, user_id: str | None, said: str = "付款失败了", **given: Any) -> None:
        """A conversation in every table of the record, of a minute ago."""
        given = {"at": self.house.clock().timestamp() - 60, **given}
        await self.database.write(partial(talk, name=name, user_id=user_id, said=said, **given))

    async def say(self, name: str, user_id: str | None, said: str = "还是不行") -> None:
        """One more message, of whoever is proven to speak by now."""
        said_now = message(user_id, said, self.house.clock().timestamp())
        await self.database.write(partial(append, conversation_id=name, added=[said_now]))

    async def confirm(self, name: str, user_id: str) -> None:
        """A writer of a messaging channel confirms who he is."""
        link = {"id": "link_1", "channel": "telegram", "writer": "t-1", "user_id": user_id}
        at = self.house.clock().timestamp()
        event = {"event": "slot", "timestamp": at, "name": "channel_link", "value": link}
        await self.database.write(partial(append, conversation_id=name, added=[event]))

    async def handoff(
        self, number: str, conversation_id: str, user_id: str | None, said: str = "转人工", **given: Any
    ) -> None:
        """A hand-off in every table of the desk."""
        given = {"now": self.house.clock(), **given}
        values = {"number": number, "conversation_id": conversation_id, "user_id": user_id, "said": said, **given}
        async with writing(self.house.desk) as connection:
            await connection.run_sync(lambda each: handoff(each, **values))

    def packet(self, number: str, conversation_id: str, user_id: str | None, ending: str = ".json") -> None:
        """A hand-over that waits for the desk."""
        self.house.outbox.mkdir(parents=True, exist_ok=True)
        told = {"number": number, "conversation_id": conversation_id, "user_id": user_id, "last_words": "转人工"}
        (self.house.outbox / f"{number}{ending}").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    async def of_record(self) -> dict[str, int]:
        """How many rows each table of the record has."""
        return await self.database.read(partial(_rows, metadata=of_record))

    async def of_desk(self) -> dict[str, int]:
        """How many rows each table of the desk has."""
        async with self.house.desk.connect() as connection:
            rows: dict[str, int] = await connection.run_sync(_rows, of_desk)
        return rows

    async def conversations(self) -> list[str]:
        """The conversations that are kept."""
        query = select(of_record.tables["conversations"].c.id).order_by("id")
        return await self.database.read(lambda connection: list(connection.execute(query).scalars()))

    async def numbers(self) -> list[str]:
        """The hand-offs that are kept."""
        async with self.house.desk.connect() as connection:
            return list(
                (await connection.execute(select(of_desk.tables["handoffs"].c.number).order_by("number"))).scalars()
            )

    async def deeds(self) -> list[tuple[str, str | None, str | None]]:
        """What the audit says: action, subject, detail."""
        audit = of_desk.tables["audit"]
        query = select(audit.c.action, audit.c.subject, audit.c.detail).order_by(audit.c.id)
        async with self.house.desk.connect() as connection:
            return [tuple(row) for row in (await connection.execute(query)).all()]


def _rows(connection: Connection, metadata: Any) -> dict[str, int]:
    tables = metadata.sorted_tables
    return {table.name: connection.execute(select(func.count()).select_from(table)).scalar() for table in tables}
