"""Ids of new records: a prefix that says what it is, and random digits that say nothing."""

from __future__ import annotations

import secrets


def new_id(prefix: str) -> str:
    """Something like ``pay_9f1c0a7be24d53``."""
    return f"{prefix}_{secrets.token_hex(8)}"
