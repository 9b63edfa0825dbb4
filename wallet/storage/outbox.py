"""Messages to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from wallet.domain.deliveries import DeliveryState, Dispatch
from wallet.domain.messages import Medium, Message
from wallet.storage.rows import Repository
from wallet.storage.tables.support import outbox


class SqlOutbox(Repository):
    """The table outbox. A claim puts the next try off, so that nobody else makes it before the claim has lapsed."""

    async def add(self, message: Message) -> None:
        """Keep a message until it is sent."""
        await self._run(
            insert(outbox).values(
                reference=message.reference,
                user_id=message.user_id,
                medium=message.medium.value,
                recipient=message.to,
                kind=message.kind,
                subject=message.subject,
                body=message.body,
                link=message.link,
                created_at=message.created_at,
                expires_at=message.expires_at,
                state=DeliveryState.WAITING.value,
                tries=0,
                next_try_at=message.created_at,
            )
        )

    async def latest(self, user_id: str, limit: int) -> list[Message]:
        """A user's messages, newest first."""
        of_user = select(outbox).where(outbox.c.user_id == user_id)
        rows = await self._all(of_user.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit))
        return [_message(row) for row in rows]

    async def is_any_due(self, medium: Medium, now: datetime) -> bool:
        """Whether there is anything to claim."""
        return await self._first(select(outbox.c.id).where(_due(medium, now)).limit(1)) is not None

    async def claim(self, medium: Medium, now: datetime, until: datetime, limit: int) -> list[Dispatch]:
        """The messages waiting longest, nobody else's until then; what another process is claiming is passed over."""
        due = select(outbox).where(_due(medium, now)).order_by(outbox.c.next_try_at, outbox.c.id).limit(limit)
        rows = await self._all(due.with_for_update(skip_locked=True))
        ids = [row.id for row in rows]
        claims = update(outbox).where(outbox.c.id.in_(ids)).values(tries=outbox.c.tries + 1, next_try_at=until)
        await self._run(claims)
        return [Dispatch(row.id, row.tries + 1, _message(row)) for row in rows]

    async def settle(
        self, dispatch: Dispatch, state: DeliveryState, at: datetime, failure: str | None, *, keeps_text: bool
    ) -> None:
        """Be done with a message."""
        done = {"state": state.value, "settled_at": at, "failure": failure}
        # What was sent was sent. That it failed says nothing if someone else has claimed it meanwhile.
        which = outbox.c.id == dispatch.id if state is DeliveryState.SENT else _held(dispatch)
        await self._run(update(outbox).where(which).values(**done, **_text(keeps_text)))

    async def postpone(self, dispatch: Dispatch, again_at: datetime, failure: str) -> None:
        """Leave a message for another try."""
        await self._run(update(outbox).where(_held(dispatch)).values(next_try_at=again_at, failure=failure))

    async def is_any_expired(self, now: datetime) -> bool:
        """Whether a message waits although its time is up."""
        return await self._first(select(outbox.c.id).where(_expired(now)).limit(1)) is not None

    async def expire(self, now: datetime, *, keeps_text: bool) -> None:
        """Be done with the messages whose time is up."""
        done = {"state": DeliveryState.EXPIRED.value, "settled_at": now}
        await self._run(update(outbox).where(_expired(now)).values(**done, **_text(keeps_text)))

    async def remove_settled(self, before: datetime) -> None:
        """Forget the messages that were done with before then."""
        await self._run(delete(outbox).where(outbox.c.settled_at < before))

    async def count_unsent(self) -> dict[tuple[Medium, DeliveryState], int]:
        """How many messages wait, and how many have failed."""
        unsent = outbox.c.state.in_([DeliveryState.WAITING.value, DeliveryState.FAILED.value])
        counted = select(outbox.c.medium, outbox.c.state, func.count().label("messages")).where(unsent)
        rows = await self._all(counted.group_by(outbox.c.medium, outbox.c.state))
        return {(Medium(row.medium), DeliveryState(row.state)): row.messages for row in rows}


def _waiting() -> Any:
    return outbox.c.state == DeliveryState.WAITING.value


def _due(medium: Medium, now: datetime) -> Any:
    is_time = (outbox.c.next_try_at <= now) & (outbox.c.expires_at > now)
    return _waiting() & (outbox.c.medium == medium.value) & is_time


def _expired(now: datetime) -> Any:
    return _waiting() & (outbox.c.expires_at <= now)


def _held(dispatch: Dispatch) -> Any:
    return (outbox.c.id == dispatch.id) & (outbox.c.tries == dispatch.tries) & _waiting()


def _text(keeps_text: bool) -> dict[str, str | None]:
    return {} if keeps_text else {"body": "", "link": None}


def _message(row: Any) -> Message:
    return Message(
        reference=row.reference,
        user_id=row.user_id,
        medium=Medium(row.medium),
        to=row.recipient,
        kind=row.kind,
        subject=row.subject,
        body=row.body,
        link=row.link,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
