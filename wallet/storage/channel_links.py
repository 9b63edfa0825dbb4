"""Links of messaging channels."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from wallet.domain.channel_links import LinkRequest
from wallet.storage.rows import Repository
from wallet.storage.tables.support import channel_links


class SqlChannelLinks(Repository):
    """The table channel_links."""

    async def add(self, request: LinkRequest) -> None:
        """Keep a link that is being sent, or that looks as if it were."""
        await self._run(insert(channel_links).values(**asdict(request)))

    async def get(self, link_id: str) -> LinkRequest | None:
        """The link of that id."""
        return _request(await self._first(select(channel_links).where(channel_links.c.id == link_id)))

    async def find(self, token_hash: str) -> LinkRequest | None:
        """The link with that token."""
        return _request(await self._first(_with(token_hash)))

    async def lock(self, token_hash: str) -> LinkRequest | None:
        """The same, and nobody else changes it before this transaction ends."""
        return _request(await self._first(_with(token_hash).with_for_update()))

    async def confirm(self, link_id: str, confirmed_at: datetime) -> None:
        """Note that its user confirmed a link."""
        await self._run(update(channel_links).where(channel_links.c.id == link_id).values(confirmed_at=confirmed_at))

    async def count_try(self, link_id: str) -> None:
        """Note that a wrong number was typed at a link."""
        tries = channel_links.c.tries + 1
        await self._run(update(channel_links).where(channel_links.c.id == link_id).values(tries=tries))

    async def end_pending(self, channel: str, channel_user: str, now: datetime) -> None:
        """End the links of a writer that are not confirmed yet."""
        table = channel_links.c
        of_writer = (table.channel == channel) & (table.channel_user == channel_user)
        is_pending = table.confirmed_at.is_(None) & (table.expires_at > now)
        await self._run(update(channel_links).where(of_writer & is_pending).values(expires_at=now))

    async def remove_expired(self, before: datetime) -> None:
        """Forget the links that ended before then."""
        await self._run(delete(channel_links).where(channel_links.c.expires_at < before))


def _with(token_hash: str) -> Any:
    return select(channel_links).where(channel_links.c.token_hash == token_hash)


def _request(row: Any) -> LinkRequest | None:
    return None if row is None else LinkRequest(**row._mapping)
