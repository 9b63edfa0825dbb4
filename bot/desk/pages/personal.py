"""What of a hand-off is personal: how it is masked everywhere, and what a reveal shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.desk.handoffs.packet import Packet
from bot.desk.web.filters import mask

# Ids as wallets make them: a prefix that says what it is, and digits that say whose.
_ID = re.compile(r"(?<![A-Za-z0-9_])[a-z]{2,12}_[0-9a-f]{8,64}(?![A-Za-z0-9_])")
# A user id shorter than this is a word that may stand in any sentence.
_SHORTEST_NAMED_USER = 5


@dataclass(frozen=True)
class Personal:
    """One thing that is shown masked: what it is (a name of the texts) and what it says."""

    name: str
    value: str


def mask_ids(text: str, user_id: str | None = None) -> str:
    """Mask the ids within a text, and the user's."""
    masked = _ID.sub(lambda found: mask(found[0]), text)
    if user_id and len(user_id) >= _SHORTEST_NAMED_USER:
        masked = re.sub(rf"(?<!\w){re.escape(user_id)}(?!\w)", mask(user_id), masked)
    return masked


def is_personal(name: str) -> bool:
    """Whether a value of this name in a finding or a fact is an id of something that is the user's."""
    return name in ("transaction", "subject") or name.endswith("_id")


def personal_data(packet: Packet, texts: Iterable[str] = ()) -> list[Personal]:
    """Everything of a hand-off that is shown masked, once each; the ids within its texts last."""
    found = [Personal("user_id", packet.user_id)] if packet.user_id else []
    for values in (*(finding.values for finding in packet.findings), packet.facts):
        found += [Personal(name, str(value)) for name, value in values.items() if value and is_personal(name)]
    for text in (*_texts(packet), *texts):
        found += [Personal("mentioned", each[0]) for each in _ID.finditer(text)]
    known: dict[str, Personal] = {}
    for each in found:
        known.setdefault(each.value, each)
    return list(known.values())


def _texts(packet: Packet) -> Iterable[str]:
    values: list[Any] = [*(finding.values for finding in packet.findings), packet.facts]
    yield packet.last_words
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            values += value.values()
        elif isinstance(value, (list, tuple)):
            values += value
