"""Takes a user's names out of what is somebody else's: a note, a saved filter, a link to one of his conversations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import func, update
from sqlalchemy.engine import Connection

from bot.desk.retention.layout import Layout, holds
from bot.desk.retention.traces import Names, traces
from bot.store.tables import events

BLANK = "…"


def blank(connection: Connection, tables: Collection[Layout], names: Names) -> Counter[str]:
    """Put a mark in place of each name that stands in a plain column; how many rows of each table.

    The record of other conversations is not rewritten: what their users said they said.
    """
    others = {layout.name: layout for layout in tables if layout.name != events.name}
    blanked: Counter[str] = Counter()
    for trace in list(traces(connection, others.values(), names)):
        layout = others[trace.table]
        if trace.column in layout.strings and trace.column not in layout.key:
            column = layout.table.c[trace.column]
            for name in sorted(names.spelled(), key=len, reverse=True):
                values = {trace.column: func.replace(column, name, BLANK)}
                change = update(layout.table).where(holds(connection, column, name)).values(values)
                blanked[layout.name] += int(connection.execute(change).rowcount)
    return +blanked
