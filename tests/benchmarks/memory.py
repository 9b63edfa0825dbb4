"""Memory of a process and everything below it, as Linux counts it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_PROC = Path("/proc")


def memory_of(pids: Iterable[int]) -> int | None:
    """Bytes (PSS: a page that processes share is counted once in all). None where the machine does not tell."""
    try:
        return sum(_pss(pid) for root in pids for pid in tree(root))
    except OSError:
        return None


def tree(root: int) -> list[int]:
    """The process and its descendants."""
    parents = {pid: parent for pid, parent in map(_parent_of, _processes()) if parent is not None}
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def pss_of_rollup(text: str) -> int:
    """Bytes that smaps_rollup tells."""
    line = next(line for line in text.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def _pss(pid: int) -> int:
    return pss_of_rollup((_PROC / str(pid) / "smaps_rollup").read_text())


def _processes() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def _parent_of(pid: int) -> tuple[int, int | None]:
    """The name, in brackets, may hold blanks and brackets; the parent is the second word behind it."""
    try:
        return pid, int((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return pid, None  # it has ended meanwhile
