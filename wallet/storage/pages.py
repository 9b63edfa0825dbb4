"""Pages of what users have done, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select


def newest_first(
    table: Any, when: Any, user_id: str, limit: int, after: tuple[datetime, str] | None, since: datetime | None
) -> Any:
    """The query for a user's rows: not older than a moment, behind the row whose moment and id ``after`` names."""
    columns = table.c
    wanted = select(table).where(columns.user_id == user_id)
    if after is not None:
        moment, row_id = after
        wanted = wanted.where(or_(when < moment, and_(when == moment, columns.id < row_id)))
    if since is not None:
        wanted = wanted.where(when >= since)
    return wanted.order_by(when.desc(), columns.id.desc()).limit(limit)
