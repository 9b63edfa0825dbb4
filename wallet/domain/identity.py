"""What comes with an identity level, besides its limits, and what proves who someone is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from wallet.contract.money import Money
from wallet.domain.currency import yuan
from wallet.domain.errors import InvalidRequestError, UnderAgeError
from wallet.domain.resident_numbers import as_printed, birth_date_in

# The level that each proof leads to, from the one below.
BY_NUMBER, BY_CARD = 2, 3
# Who is of age decides alone (Civil Code of the PRC, articles 17 and 18). The large wallets of the country have a
# younger user's guardian agree first, which is nothing one request could show.
AGE_MINIMUM = 18
# Nobody is known to have been older than 122.
AGE_MAXIMUM = 125
# Letters of any script; the dot stands between the parts of many names, such as those of Uyghurs.
_NAME = re.compile(r"[^\W\d_]+([ ·'.-]+[^\W\d_]+)*")


@dataclass(frozen=True)
class LevelRights:
    """``may_transfer``: to other users. A transfer never lifts a balance above ``holds``; None for no such bound.

    Who topped up his own money may always have it back at his bank, so withdrawals need no level.
    """

    may_transfer: bool
    holds: Money | None


LEVEL_RIGHTS = {
    1: LevelRights(may_transfer=False, holds=yuan(5_000)),
    2: LevelRights(may_transfer=True, holds=yuan(200_000)),
    3: LevelRights(may_transfer=True, holds=None),
}


def may_receive(level: int, balance: Money, amount: Money) -> bool:
    """Whether an account of that level has room for a transfer."""
    holds = LEVEL_RIGHTS[level].holds
    return holds is None or balance + amount <= holds


@dataclass(frozen=True)
class Person:
    """A name and an identification number that are said to be of one person. Neither is shown in a log."""

    name: str = field(repr=False)
    number: str = field(repr=False)


def person_of(typed_name: str, typed_number: str, today: date) -> Person:
    """Who someone says he is. Raises InvalidRequestError for what cannot be, UnderAgeError for who is too young."""
    name = " ".join(unicodedata.normalize("NFKC", typed_name).split())
    if not _NAME.fullmatch(name):
        raise InvalidRequestError("a name as it stands on the identity card", field="name")
    number = as_printed(typed_number)
    born = birth_date_in(number)
    if born is None or not 0 <= age_on(born, today) <= AGE_MAXIMUM:
        raise InvalidRequestError("no identification number of 18 characters that could be", field="id_number")
    if age_on(born, today) < AGE_MINIMUM:
        raise UnderAgeError(minimum_age=AGE_MINIMUM)
    return Person(name, number)


def age_on(born: date, day: date) -> int:
    """Full years; below zero before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
