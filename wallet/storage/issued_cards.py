"""The cards the simulated banks have given out, known to a wallet or not. Not even here is a number kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from wallet.storage.database import transaction
from wallet.storage.fingerprints import Fingerprint
from wallet.storage.tables.outside import issued_cards


class IssuedCards:
    """The table issued_cards. A number that is not in it is believed to be as it is described."""

    def __init__(self, engine: Any, fingerprint: Fingerprint) -> None:
        self._engine = engine
        self._fingerprint = fingerprint

    async def know(self, number: str, expires: date, phone: str | None) -> bool:
        """Whether a card was given out with that date, to somebody with that phone."""
        async with transaction(self._engine, writes=False) as connection:
            row = (await connection.execute(select(issued_cards).where(self._is(number)))).first()
        return row is None or (row.expires == expires and row.phone == phone)

    async def keep(self, number: str, expires: date, phone: str) -> None:
        """Give a card out, or anew."""
        values = {"number_fingerprint": self._mark(number), "expires": expires, "phone": phone}
        async with transaction(self._engine, writes=True) as connection:
            await connection.execute(delete(issued_cards).where(self._is(number)))
            await connection.execute(insert(issued_cards).values(**values))

    def _is(self, number: str) -> Any:
        return issued_cards.c.number_fingerprint == self._mark(number)

    def _mark(self, number: str) -> str:
        return self._fingerprint("card at its bank", "", number)
