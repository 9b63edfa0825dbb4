"""Citizens' identification numbers as GB 11643-1999 makes them: place, date of birth, order, check character.

The place is not looked at: places have been renumbered many times, and nobody's number changed with them.
"""

from __future__ import annotations

import re
from datetime import date

LENGTH = 18
_FORM = re.compile(r"[0-9]{17}[0-9X]")
# ISO 7064, MOD 11-2: the weight of a place is a power of two, and 10 is written X.
_WEIGHTS = [2 ** (LENGTH - 1 - place) % 11 for place in range(LENGTH - 1)]
_CHECK_CHARACTERS = "10X98765432"


def as_printed(typed: str) -> str:
    """A number as it stands on the card, whose last character is a large X if it is one."""
    return typed.strip().upper()


def birth_date_in(number: str) -> date | None:
    """When its holder was born; None for what is no such number."""
    if not _FORM.fullmatch(number) or number[-1] != check_character(number[:-1]):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check_character(digits: str) -> str:
    """The character that the first seventeen digits end in, which shows most typing mistakes."""
    weighed = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return _CHECK_CHARACTERS[weighed % 11]
