"""What `forget` and `retain` print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.desk.retention.finding import DESK, RECORD, Counts, Found
from bot.desk.retention.handoffs import AUDIT
from bot.desk.retention.proof import FILE, Left, Proof
from bot.desk.retention.retaining import Swept

_NOT_HERE = """\
Not kept here, and so not removed: what the wallet knows of its user is the wallet's; backups, logs, an action server's
own files, exports that were taken, and lines of a review set that have been learned are wherever they were put.
"""


def found_text(found: Found, counts: Counts) -> str:
    """What there is of a user, before it is removed."""
    if found.is_empty:
        return f"Nothing is kept of {found.names.user_id}.\n"
    numbers = " ".join(sorted(found.names.numbers))
    rows = sum(sum(of_tables.values()) for of_tables in counts.values())
    lines = [
        f"Kept of {found.names.user_id}: conversations {len(found.stored)}, hand-offs {len(found.kept)}"
        f"{f' ({numbers})' if numbers else ''}, hand-overs that wait {len(found.packets)}; {rows} rows and files.",
    ]
    exported = counts[RECORD]["corrections"]
    if exported:
        lines.append(f"In the review set {exported} of the lines: look for them in what was exported of it.")
    return "\n".join(lines) + "\n"


def proof_text(user_id: str, removed: Counts, proof: Proof) -> str:
    """Table by table what was removed, that it was looked through, and what is left."""
    rows = [("where", "table", "removed", "left")]
    for where in (RECORD, DESK):
        left = _rows(proof.left, where)
        tables = {**proof.searched.get(where, {}), **removed[where], **left}
        rows += [(where, _name(where, table), str(removed[where][table]), str(left[table])) for table in sorted(tables)]
    waiting = _rows(proof.left, "outbox")
    rows.append(("outbox", "files", str(sum(removed["outbox"].values())), str(sum(waiting.values()))))
    in_files = _rows(proof.left, FILE)
    rows += [(FILE, file, "", str(in_files[file])) for file in sorted(proof.searched.get(FILE, {}))]
    lines = _columns(rows)
    lines += [f"left: {_place(left)}" for left in proof.left]
    lines += [f'"{user_id}" as a word, perhaps of somebody else: {_place(left)}' for left in proof.mentions]
    if proof.left:
        lines.append("A conversation that is the user's too goes with --conversation ID; what else is left, by hand.")
    lines.append(f"{sum(left.trace.rows for left in proof.left)} left of {user_id}.")
    return "\n".join(lines) + "\n" + _NOT_HERE


def swept_text(swept: Swept, days: int, is_dry: bool) -> str:
    """What was too old."""
    rows = [("where", "table", "would go" if is_dry else "removed")]
    for where, counts in ((RECORD, swept.record), (DESK, swept.desk)):
        rows += [(where, _name(where, table), str(number)) for table, number in sorted(counts.items())]
    until = f"{swept.before:%Y-%m-%d %H:%M} UTC, {days} days ago"
    held = f"{swept.held} stay: a hand-off has not ended, or a case is open." if swept.held else ""
    lines = [f"Conversations without activity since {until}.", *_columns(rows), *([held] if held else [])]
    return "\n".join(lines) + "\n"


def _rows(found: tuple[Left, ...], where: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for left in found:
        if left.where == where:
            counted[left.trace.table] += left.trace.rows
    return counted


def _name(where: str, table: str) -> str:
    return f"{table} (emptied)" if (where, table) == (DESK, AUDIT) else table


def _place(left: Left) -> str:
    trace = left.trace
    column = f".{trace.column}" if trace.column else ""
    where = f" at {', '.join(trace.where)}" if trace.where else ""
    return f"{left.where} {trace.table}{column}: {trace.rows}{where}"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    texts = len(rows[0]) - (2 if len(rows[0]) > 3 else 1)
    return [
        "  ".join(
            value.ljust(width) if place < texts else value.rjust(width)
            for place, (value, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
