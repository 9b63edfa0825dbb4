"""How the API tells of cases."""

from __future__ import annotations

from typing import Any

from bot.desk.answers import to_json
from bot.desk.cases.service import CasePage
from bot.desk.handoffs.payloads import Handoff


def case_to_json(handoff: Handoff) -> dict[str, Any]:
    """Write a case as the API tells it: what was handed over and what has become of it, in one object."""
    packet: dict[str, Any] = to_json(handoff.packet)
    case: dict[str, Any] = to_json(handoff.case)
    return {**packet, **case}


def page_to_json(page: CasePage) -> dict[str, Any]:
    """Write a page of cases as the API tells it."""
    return {"items": [case_to_json(handoff) for handoff in page.items], "next": page.next}
