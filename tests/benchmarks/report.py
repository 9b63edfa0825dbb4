"""The table, and the file with everything."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import as_factor
from tests.benchmarks.rows import Row

_FORMAT = "{:<26}{:>5}{:>11}{:>11}{:>10}   {}"


def table(groups: Sequence[Sequence[Row]], notes: Sequence[str]) -> str:
    """Rows of figures with stock beside ours, then what one has to know to read them."""
    lines = [_FORMAT.format("", "", "stock", "ours", "ratio", "aim").rstrip()]
    for rows in groups:
        lines += [*(_FORMAT.format(row.name, row.unit, *_cells(row)).rstrip() for row in rows), ""]
    return "\n".join([*lines, *(f"- {note}" for note in notes), ""])


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "rasa": version("rasa"),
        "busy": [round(load, 2) for load in os.getloadavg()],
    }


def write(path: Path, groups: Sequence[Sequence[Row]], notes: Sequence[str], rest: dict[str, Any]) -> None:
    """Everything as JSON: the figures of the table, the notes, and the raw numbers."""
    rows = [row for group in groups for row in group]
    figures = [{**asdict(row), "ratio": row.ratio, "aim": row.aim, "is_met": row.is_met} for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"figures": figures, "notes": list(notes), **rest}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _cells(row: Row) -> list[str]:
    met = {True: "met", False: "missed", None: ""}[row.is_met]
    ratio = as_factor(row.ratio) if row.ratio is not None else ""
    return [_number(row.stock), _number(row.ours), ratio, f"{row.aim}{', ' if row.aim and met else ''}{met}"]


def _number(number: float | None) -> str:
    if number is None:
        return "-"
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}"
