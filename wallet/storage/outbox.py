"""Messages to be sent."""

from __future__ import annotations

from sqlalchemy import insert, select

from wallet.domain.messages import Medium, Message
from wallet.storage.rows import Repository
from wallet.storage.tables.support import outbox


class SqlOutbox(Repository):
    """The table outbox."""

    async def add(self, message: Message) -> None:
        """Keep a message until it is sent."""
        await self._run(
            insert(outbox).values(
                user_id=message.user_id,
                medium=message.medium.value,
                recipient=message.to,
                kind=message.kind,
                subject=message.subject,
                body=message.body,
                link=message.link,
                created_at=message.created_at,
            )
        )

    async def latest(self, user_id: str, limit: int) -> list[Message]:
        """A user's messages, newest first."""
        of_user = select(outbox).where(outbox.c.user_id == user_id)
        rows = await self._all(of_user.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit))
        return [
            Message(
                user_id=row.user_id,
                medium=Medium(row.medium),
                to=row.recipient,
                kind=row.kind,
                subject=row.subject,
                body=row.body,
                link=row.link,
                created_at=row.created_at,
            )
            for row in rows
        ]
