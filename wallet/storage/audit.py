"""The record of support calls."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert

from wallet.domain.audit import SupportCall
from wallet.storage.rows import Repository
from wallet.storage.tables.support import support_calls


class SqlAudit(Repository):
    """The table support_calls."""

    async def add(self, call: SupportCall) -> None:
        """Keep a call."""
        await self._run(insert(support_calls).values(**asdict(call)))
