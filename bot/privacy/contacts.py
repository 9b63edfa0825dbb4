"""Masks the phone numbers and e-mail addresses in a text of somebody who is not known yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.privacy.folded import fold

_MAIL = r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}"
_MOBILE = r"(?<![\d+])(?:(?:\+|00)?86[ -]?)?1[3-9](?:[ -]?\d){9}(?!\d)"
_ABROAD = r"(?<![\d+])\+(?:\d[ -]?){6,14}\d(?!\d)"
_CONTACT = re.compile(rf"{_MAIL}|{_MOBILE}|{_ABROAD}", re.IGNORECASE)
_OF_CHINA = re.compile(r"(?:\+|00)?86(?=1[3-9]\d{9}$)")
_WORD = re.compile(r"[a-z']+|[\u3400-\u9fff]+")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Masked:
    """A text with masks for its contacts. ``contact`` is the one it held, as a wallet writes it; None for several.

    ``is_all``: beside it nothing was said but what it is.
    """

    text: str
    contact: str | None
    is_all: bool


def mask_contacts(text: str) -> Masked:
    """``我的手机号是 138 0000 0001`` becomes ``我的手机号是 138****0001``."""
    page = fold(text)
    found = list(_CONTACT.finditer(page.text))
    if not found:
        return Masked(text, None, is_all=False)
    kept, end = [], 0
    for contact in found:
        kept += [text[end : page.places[contact.start()]], _mask(_plain(contact[0]))]
        end = page.places[contact.end() - 1] + 1
    alone = _plain(found[0][0]) if len(found) == 1 else None
    around = page.lower[: found[0].start()] + " " + page.lower[found[-1].end() :]
    return Masked("".join([*kept, text[end:]]), alone, is_all=alone is not None and _says_nothing(around))


def _plain(contact: str) -> str:
    """An address as it is; a number without blanks, and without the country if that is China."""
    return contact if "@" in contact else _OF_CHINA.sub("", re.sub(r"[ -]", "", contact))


def _mask(contact: str) -> str:
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[0]}***@{host}"
    return f"{contact[:3]}****{contact[-4:]}"


def _says_nothing(around: str) -> bool:
    words = _WORD.findall(around)
    rest = _WORD.sub("", around)
    # Taken out one after the other, the longest first: to try every way to divide a row of words has no end.
    return not _LETTER.search(rest) and not any(_fillers().sub("", word) for word in words)


@lru_cache(maxsize=1)
def _fillers() -> re.Pattern[str]:
    """Whole words of English, any row of the Chinese ones."""
    content = yaml.safe_load(Path(__file__).with_name("contacts.yml").read_text(encoding="utf-8"))
    chinese, english = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in content["around"])
    return re.compile(rf"{chinese}|^(?:{english})$")
