"""How a case is written into a row and read back."""

from __future__ import annotations

from typing import Any

from bot.desk.answers import to_json
from bot.desk.cases.payloads import Case, State
from bot.desk.cases.tables import cases

# Under names of their own: a hand-off, with which a case is read, has a state and times as well.
_PREFIX = "of_case_"
_NAMES = ("state", "owner", "priority", "why", "created_at", "updated_at", "due_at", "resolved_at")
CASE_COLUMNS = tuple(cases.c[name].label(_PREFIX + name) for name in _NAMES)


def row_of_case(case: Case) -> dict[str, Any]:
    """Write a case as a row of the cases, all but its number."""
    return {**vars(case), "state": to_json(case.state)}


def case_of_row(row: Any) -> Case:
    """Read a case from a row that has CASE_COLUMNS."""
    values = {name: getattr(row, _PREFIX + name) for name in _NAMES}
    return Case(**{**values, "state": State(values["state"])})
