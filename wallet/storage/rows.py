"""What every repository does with its connection."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from wallet.contract.money import Money

# The general insert has no words for what to do where a row is there already; both databases use the same ones.
_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class Repository:
    """Rows of one noun inside one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def _run(self, statement: Any) -> None:
        await self._connection.execute(statement)

    async def _add_unless_there(self, table: Any, **values: Any) -> None:
        """Add a row unless one of its unique values is taken; one that is just being added is waited for."""
        adding = _INSERTS[self._connection.dialect.name](table).values(**values)
        await self._run(adding.on_conflict_do_nothing())

    async def _first(self, statement: Any) -> Any:
        return (await self._connection.execute(statement)).first()

    async def _all(self, statement: Any) -> list[Any]:
        rows: list[Any] = (await self._connection.execute(statement)).all()
        return rows

    async def _number(self, statement: Any) -> int:
        return int((await self._connection.execute(statement)).scalar_one())


def money(minor: int | None, currency: str) -> Money | None:
    """An amount of a nullable column."""
    return None if minor is None else Money(minor, currency)
