"""The packet of a hand-off as the side panel shows it: findings, steps and facts with values an agent can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.clock import read_moment
from bot.desk.handoffs.packet import Finding, Packet, Step
from bot.desk.pages.personal import is_masked, is_personal, mask_personal
from bot.desk.web.filters import mask

# What wallet.contract.causes marks as not to be told; to the user these are a decline without a reason.
UNTOLD = frozenset({"risk_declined", "card_lost", "card_stolen"})
# Values that name something for which the panel has words.
NAMED = frozenset({"source", "step", "topic", "account", "kind", "refund_reason", "refund_rejection"})
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_NO_FRACTION = frozenset({"JPY", "KRW", "VND"})
# Said elsewhere in the panel.
_SAID_ELSEWHERE = frozenset({"verified"})


@dataclass(frozen=True)
class Value:
    """One value: its name, and either a text, a moment, a yes or no, or the key of a text of ours."""

    name: str
    text: str | None = None
    moment: datetime | None = None
    flag: bool | None = None
    key: str | None = None
    is_masked: bool = False


@dataclass(frozen=True)
class ShownFinding:
    """A cause with what shows it; of an untold one the user must not hear."""

    cause: str
    is_untold: bool
    values: tuple[Value, ...]


@dataclass(frozen=True)
class ShownPacket:
    """What the panel shows of a packet beside its own fields."""

    user: str | None
    is_verified: bool
    findings: tuple[ShownFinding, ...]
    steps: tuple[Step, ...]
    facts: tuple[Value, ...]
    last_words: str


def show(packet: Packet) -> ShownPacket:
    """Mask a packet and put its values into a form the panel can write out."""
    facts = {name: value for name, value in packet.facts.items() if name not in _SAID_ELSEWHERE}
    return ShownPacket(
        user=packet.user_id and mask(packet.user_id),
        is_verified=packet.user_id is not None and packet.facts.get("verified", True) is not False,
        findings=tuple(_finding(finding, packet.user_id) for finding in packet.findings),
        steps=packet.steps,
        facts=shown_values(facts, packet.user_id),
        last_words=mask_personal(packet.last_words, packet.user_id),
    )


def _finding(finding: Finding, user_id: str | None) -> ShownFinding:
    return ShownFinding(finding.cause, finding.cause in UNTOLD, shown_values(finding.values, user_id))


def shown_values(values: dict[str, Any], user_id: str | None) -> tuple[Value, ...]:
    return tuple(_value(name, value, user_id) for name, value in values.items() if value not in (None, "", [], {}))


def _value(name: str, value: Any, user_id: str | None) -> Value:
    if is_personal(name):
        return Value(name, text=str(value) if is_masked(name, str(value)) else mask(str(value)), is_masked=True)
    if isinstance(value, bool):
        return Value(name, flag=value)
    if isinstance(value, str) and name in NAMED:
        return Value(name, key=f"{name}_{value}", text=value)
    if isinstance(value, str) and _MOMENT.match(value):
        moment = _moment(value)
        if moment:
            return Value(name, moment=moment)
    return Value(name, text=mask_personal(plain(value), user_id))


def plain(value: Any) -> str:
    """Write a value out: money with its currency, lists in one line."""
    if isinstance(value, dict) and value.keys() == {"minor", "currency"}:
        return _money(value["minor"], str(value["currency"]))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {plain(each)}" for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(each) for each in value)
    return str(value)


def _money(minor: Any, currency: str) -> str:
    if not isinstance(minor, int) or currency in _NO_FRACTION:
        return f"{minor} {currency}"
    return f"{minor // 100:,}.{minor % 100:02d} {currency}" if minor >= 0 else f"-{_money(-minor, currency)}"


def _moment(text: str) -> datetime | None:
    try:
        return read_moment(text)
    except ValueError:
        return None
