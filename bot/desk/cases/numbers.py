"""Case numbers: made by the bot, told to the user, typed by people."""

from __future__ import annotations

import re

# Neither I, L, O nor U: nothing that is misread for a digit or spells a word by chance.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CASE_NUMBER = re.compile(rf"WH-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")
MISREAD = str.maketrans("OIL", "011")


def is_case_number(text: str) -> bool:
    """Tell whether this is a case number exactly as the bot makes them."""
    return CASE_NUMBER.fullmatch(text) is not None


def as_typed(text: str) -> str:
    """Return the number that a person meant who typed it in lower case or took a digit for a letter."""
    return text.strip().upper().translate(MISREAD)
