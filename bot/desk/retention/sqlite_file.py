"""The files of an SQLite database, of which nothing that was removed may remain."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

WAIT_S = 30.0  # for turns that are under way
_PIECE = 1 << 20  # bytes


def write_anew(path: Path) -> None:
    """Write the database without what was removed, and empty its journal. Who writes meanwhile waits.

    Raises sqlite3.OperationalError when it does not come to that within `WAIT_S`, or the disk is full.
    """
    with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise sqlite3.OperationalError(f"the journal of {path} is being read")


def found_in(path: Path, needles: Collection[str]) -> int:
    """How often the needles stand in the database's files, in whatever place."""
    if not needles:
        return 0
    wanted = re.compile(b"|".join(re.escape(needle.encode()) for needle in sorted(needles, key=len, reverse=True)))
    longest = max(len(needle.encode()) for needle in needles)
    return sum(_found(each, wanted, longest) for each in (path, path.with_name(f"{path.name}-wal")) if each.exists())


def _found(path: Path, wanted: re.Pattern[bytes], longest: int) -> int:
    return sum(len(wanted.findall(piece)) for piece in _overlapping(path, longest))


def _overlapping(path: Path, longest: int) -> Iterator[bytes]:
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield kept + piece
            kept = piece[-longest + 1 :] if longest > 1 else b""
