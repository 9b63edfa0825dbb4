"""The simulated register of residents: its own table, its own transactions, neither names nor numbers in clear."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select

from wallet.domain.identity import Person
from wallet.storage.database import transaction
from wallet.storage.fingerprints import Fingerprint
from wallet.storage.tables.outside import register_entries


class SimulatedRegister:
    """Knows who was entered. Of a number it has never heard of it believes whatever name comes with it."""

    def __init__(self, engine: Any, fingerprint: Fingerprint) -> None:
        self._engine = engine
        self._fingerprint = fingerprint

    async def confirms(self, person: Person) -> bool:
        """Whether name and number are of one person."""
        number, name = self._fingerprints(person)
        known = select(register_entries.c.name_fingerprint).where(register_entries.c.number_fingerprint == number)
        async with transaction(self._engine, writes=False) as connection:
            row = (await connection.execute(known)).first()
        return row is None or row.name_fingerprint == name

    async def enter(self, person: Person) -> None:
        """Have a number be that person's from now on."""
        number, name = self._fingerprints(person)
        async with transaction(self._engine, writes=True) as connection:
            await connection.execute(delete(register_entries).where(register_entries.c.number_fingerprint == number))
            values = {"number_fingerprint": number, "name_fingerprint": name}
            await connection.execute(insert(register_entries).values(**values))

    def _fingerprints(self, person: Person) -> tuple[str, str]:
        number = self._fingerprint("number in the register", "", person.number)
        return number, self._fingerprint("name in the register", person.number, person.name)
