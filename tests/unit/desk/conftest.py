"""A hand-off as the bot sends it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.handoffs.packet import Packet
from bot.desk.handoffs.requests import read_packet


@pytest.fixture
def packet() -> dict[str, Any]:
    """A hand-off that is in order, for a test to spoil."""
    return {
        "number": "WH-7K3M-Q9TD",
        "conversation_id": "conversation-1",
        "channel": "widget",
        "language": "zh",
        "user_id": "chen",
        "topic": "payment",
        "reason": "exhausted",
        "requested_at": "2026-03-01T08:30:00Z",
        "findings": [{"cause": "over_daily_limit", "values": {"limit": {"minor": 200000, "currency": "CNY"}}}],
        "steps": [{"step": "lower_amount", "outcome": "still_failing", "at": "2026-03-01T08:29:00Z"}],
        "facts": {"card": "•••• 1234"},
        "transcript": {"conversation_id": "conversation-1", "until": "2026-03-01T08:30:00Z"},
        "last_words": "还是不行,转人工",
    }


@pytest.fixture
def handed_over(packet: dict[str, Any]) -> Packet:
    """The same, read."""
    return read_packet(packet)
