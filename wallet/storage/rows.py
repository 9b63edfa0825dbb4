"""What every repository does with its connection."""

from __future__ import annotations

from typing import Any

from wallet.contract.money import Money


class Repository:
    """Rows of one noun inside one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def _run(self, statement: Any) -> None:
        await self._connection.execute(statement)

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
