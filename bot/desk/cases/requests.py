"""Reads what callers ask of the desk about cases; whatever is wrong is said with the name of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.desk.cases.payloads import CaseChange, CaseFilter, State
from bot.desk.errors import InvalidRequestError
from bot.desk.fields import Fields, checked_choice, checked_text

LONGEST_ID = 128
LONGEST_OWNER = 100
LONGEST_NOTE = 2000
PAGE_SIZE, LARGEST_PAGE = 20, 100


def read_change(body: object) -> CaseChange:
    """Read what to change of a case; an owner of null takes the owner away."""
    fields = Fields(body)
    if not any(name in fields for name in ("state", "owner", "note")):
        raise InvalidRequestError("body", "must hold a state, an owner or a note")
    owner = fields.optional_text("owner", LONGEST_OWNER)
    return CaseChange(
        state=fields.choice("state", State) if "state" in fields else None,
        owner=owner,
        release="owner" in fields and owner is None,
        note=fields.text("note", LONGEST_NOTE) if "note" in fields else None,
    )


def read_filter(query: Mapping[str, str]) -> CaseFilter:
    """Read which cases to list."""
    return CaseFilter(
        user_id=_id(query, "user_id"),
        conversation_id=_id(query, "conversation_id"),
        state=checked_choice(query["state"], "state", State) if "state" in query else None,
    )


def read_limit(query: Mapping[str, str]) -> int:
    """Read how many cases a page holds."""
    text = query.get("limit", str(PAGE_SIZE))
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= LARGEST_PAGE:
        raise InvalidRequestError("limit", f"must be a number from 1 to {LARGEST_PAGE}")
    return int(text)


def read_cursor(query: Mapping[str, str]) -> int | None:
    """Read after which case a page begins."""
    if "after" not in query:
        return None
    if not re.fullmatch("[0-9]{1,18}", query["after"]):
        raise InvalidRequestError("after", "must be the next of an earlier page")
    return int(query["after"])


def _id(query: Mapping[str, str], name: str) -> str | None:
    return checked_text(query[name], name, LONGEST_ID) if name in query else None
