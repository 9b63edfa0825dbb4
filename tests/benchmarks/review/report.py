"""The table of one database, and the file with everything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.report import machine
from tests.benchmarks.review.store import Store
from tests.benchmarks.review.timing import LONGEST, Timed

_FORMAT = "{:<36}{:>9}{:>9}{:>9}   {}"
_MB = 1024 * 1024


@dataclass(frozen=True)
class Export:
    """A download: rows, seconds, and the desk's memory in bytes before it and at its highest."""

    rows: int
    seconds: float
    before: int
    highest: int


@dataclass(frozen=True)
class Measured:
    """One database's figures."""

    store: Store
    pages: Sequence[Timed]
    export: Export


def table(measured: Measured) -> str:
    """Milliseconds of every page: the first look, the middle one, and what 95 of 100 keep to."""
    store, export = measured.store, measured.export
    lines = [f"{store.kind}, {store.conversations:,} conversations; milliseconds"]
    lines.append(_FORMAT.format("", "first", "median", "95 %", ""))
    lines += [_line(page).rstrip() for page in measured.pages]
    missed = [page.name for page in measured.pages if not page.is_met]
    told = f"export of {export.rows:,} rows: {export.seconds:.1f} s"
    lines.append(f"{told}; memory {export.before / _MB:.0f} MB before, at most {export.highest / _MB:.0f} MB")
    lines.append(f"longer than {LONGEST:g} s: {', '.join(missed) or 'none'}")
    return "\n".join(lines) + "\n"


def write(path: Path, measured: Sequence[Measured]) -> None:
    """Everything as JSON."""
    content: dict[str, Any] = {"machine": machine(), "stores": [_raw(one) for one in measured]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _line(page: Timed) -> str:
    word = "" if page.is_met else "missed" if page.status == 200 else f"answered {page.status}"
    figures = (f"{seconds * 1000:,.0f}" for seconds in (page.first, page.median, page.longest))
    return _FORMAT.format(page.name, *figures, word)


def _raw(measured: Measured) -> dict[str, Any]:
    store = {"kind": measured.store.kind, "conversations": measured.store.conversations}
    return {**store, "pages": [asdict(page) for page in measured.pages], "export": asdict(measured.export)}
