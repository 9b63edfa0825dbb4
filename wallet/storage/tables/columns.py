"""The metadata all tables share, and the column types they are made of."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class UtcTime(TypeDecorator):  # type: ignore[misc]
    """An aware moment. SQLite keeps no zones, so what is stored is UTC and what is read is marked as such."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Into UTC. A moment without a zone is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Aware again."""
        return value.replace(tzinfo=timezone.utc) if value is not None and value.tzinfo is None else value


def row_number() -> Any:
    """A rising key of the database's own. SQLite numbers only columns of its plain INTEGER."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def identifier(name: str, *constraints: Any, **options: Any) -> Any:
    """An opaque id."""
    return Column(name, String(64), *constraints, **options)


def minor_units(name: str, **options: Any) -> Any:
    """An amount in minor units; its currency is in a column of the same row."""
    return Column(name, BigInteger, **options)


def currency() -> Any:
    """The ISO 4217 code of the amounts of a row."""
    return Column("currency", String(3), nullable=False)
