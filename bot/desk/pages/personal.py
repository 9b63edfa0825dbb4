"""What of a hand-off is personal: how it is masked everywhere, and what a reveal shows. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.desk.handoffs.packet import Packet
from bot.desk.web.filters import MASK, mask

# Ids as wallets make them: a prefix that says what it is, and digits that say whose.
_ID = r"(?<![A-Za-z0-9_])[a-z]{2,12}_[0-9a-f]{8,64}(?![A-Za-z0-9_])"
# What stands behind a mask is the rest of something that is masked already.
_ADDRESS = r"(?<![A-Za-z0-9._%+*\u2022-])[A-Za-z0-9._%+-]+[@\uff20][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
# A mobile number of China, however its digits are grouped; also in the wide digits of Chinese keyboards.
_GAP = r"[ \u00a0\u2010-\u2015-]?"
_PHONE = rf"(?<!\d)(?:(?:[+\uff0b]|00)?86{_GAP})?[1\uff11]{_GAP}[3-9\uff13-\uff19](?:{_GAP}\d){{9}}(?!\d)"
_MENTIONED = re.compile(f"{_ID}|{_ADDRESS}|{_PHONE}")
_CONTACTS = ("email", "phone")
_MASKS = "*\u2022"
# A user id shorter than this is a word that may stand in any sentence.
_SHORTEST_NAMED_USER = 5


@dataclass(frozen=True)
class Personal:
    """One thing that is shown masked: what it is (a name of the texts) and what it says."""

    name: str
    value: str


def mask_personal(text: str, user_id: str | None = None) -> str:
    """Mask the ids, telephone numbers and addresses within a text, and the user's id."""
    return _replaced(text, user_id, mask)


def without_personal(text: str, user_id: str | None = None) -> str:
    """Leave a blank where `mask_personal` leaves a mask, and where the bot had cut out a secret before."""
    return _replaced(text, user_id, lambda _: " ").replace(MASK, " ")


def is_personal(name: str) -> bool:
    """Whether a value of this name in a finding or a fact is the user's, or the id of something that is."""
    return name in ("transaction", "subject", *_CONTACTS) or name.endswith("_id")


def is_masked(name: str, value: str) -> bool:
    """Whether a value came masked, so that there is nothing to hide or to reveal."""
    return name in _CONTACTS and any(character in value for character in _MASKS)


def personal_data(packet: Packet, texts: Iterable[str] = ()) -> list[Personal]:
    """Everything of a hand-off that is shown masked, once each; what its texts mention last."""
    found = [Personal("user_id", packet.user_id)] if packet.user_id else []
    for values in (*(finding.values for finding in packet.findings), packet.facts):
        given = [(name, str(value)) for name, value in values.items() if value and is_personal(name)]
        found += [Personal(name, value) for name, value in given if not is_masked(name, value)]
    return _once([*found, *mentioned([*_texts(packet), *texts])])


def mentioned(texts: Iterable[str]) -> list[Personal]:
    """What `mask_personal` would mask in these texts, once each."""
    return _once(Personal("mentioned", each[0]) for text in texts for each in _MENTIONED.finditer(text))


def _once(found: Iterable[Personal]) -> list[Personal]:
    known: dict[str, Personal] = {}
    for each in found:
        known.setdefault(each.value, each)
    return list(known.values())


def _replaced(text: str, user_id: str | None, hidden: Callable[[str], str]) -> str:
    if user_id and len(user_id) >= _SHORTEST_NAMED_USER:
        text = re.sub(rf"(?<!\w){re.escape(user_id)}(?!\w)", lambda found: hidden(found[0]), text)
    return _MENTIONED.sub(lambda found: hidden(found[0]), text)


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
