"""The core topics: what a wallet's hotline is called for most, measured by themselves.

They are the lines that people labelled with one of CORE; what else was taken for a core topic does not count here.
Security and fraud are one topic, since a caller who fears a fraud asks in either way and is helped alike: each stands
for both in labels, predictions and rankings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.measure.rows import Row

CORE = frozenset(
    "login_failure payment_failure topup_failure transfer_failure ask_fees ask_limits ask_security report_fraud "
    "request_human".split()
)
_ONE_TOPIC = ("ask_security", "report_fraud")
SECURITY = "+".join(_ONE_TOPIC)


def core_rows(rows: Iterable[Row]) -> list[Row]:
    """The lines about a core topic, with security and fraud as one."""
    return [
        replace(
            row,
            gold=_topic(row.gold),
            predicted=_topic(row.predicted),
            # Once each: two names of one topic would take two places among the first three.
            ranking=tuple(dict.fromkeys(map(_topic, row.ranking))),
        )
        for row in rows
        if row.gold in CORE
    ]


def _topic(intent: str) -> str:
    return SECURITY if intent in _ONE_TOPIC else intent
