"""Everything in a wallet's database as it stands, read past the wallet's own queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from wallet.storage.tables import metadata

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg2"}
READ = (
    "payments",
    "topups",
    "transfers",
    "withdrawals",
    "refunds",
    "idempotency_keys",
    "journal_entries",
    "postings",
    "issuer_orders",
    "issuer_cards",
)


@dataclass(frozen=True)
class Rows:
    """The rows of the tables in which money is."""

    payments: list[Any]
    topups: list[Any]
    transfers: list[Any]
    withdrawals: list[Any]
    refunds: list[Any]
    idempotency_keys: list[Any]
    journal_entries: list[Any]
    postings: list[Any]
    issuer_orders: list[Any]
    issuer_cards: list[Any]

    @property
    def movements(self) -> Iterator[Any]:
        """Of every kind but refunds."""
        yield from (*self.payments, *self.topups, *self.transfers, *self.withdrawals)

    @cached_property
    def made(self) -> dict[str, Any]:
        """Movements and refunds by their ids."""
        return {row.id: row for row in (*self.movements, *self.refunds)}

    @cached_property
    def balances(self) -> Counter[str]:
        """The sum of the postings of every account that has any, in fen."""
        return Counter(
            {
                account: sum(row.amount_minor for row in self.postings if row.account_id == account)
                for account in {row.account_id for row in self.postings}
            }
        )

    @cached_property
    def came_from_cards(self) -> Counter[str]:
        """What each movement or refund took from a bank by the books, less than nothing if it gave."""
        reference = {entry.id: entry.reference for entry in self.journal_entries}
        taken: Counter[str] = Counter()
        for row in self.postings:
            if row.account_id == "house:clearing":
                taken[reference[row.entry_id]] -= row.amount_minor
        return taken


class Reader:
    """One connection of its own to the database."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        driver = DRIVERS[address.get_backend_name()]
        self._engine = create_engine(address.set(drivername=driver), future=True, poolclass=StaticPool)

    def read(self) -> Rows:
        """As it stands now."""
        with self._engine.connect() as connection:
            return Rows(**{name: connection.execute(select(metadata.tables[name])).all() for name in READ})

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()
