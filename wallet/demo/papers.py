"""Made-up papers to try with: an identity card and a bank card, known to the simulated outside as a user's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from wallet.contract.payloads import CardKind
from wallet.demo.cards import card_number, month_end
from wallet.demo.stage import Stage
from wallet.domain.cards import prefix_of
from wallet.domain.identity import Person
from wallet.domain.resident_numbers import check_character
from wallet.services.accounts import show_profile

# No place of GB/T 2260 has this code, so nobody real has such a number.
_PLACE = "990101"
_BORN = date(1990, 3, 7)
_BANK, _VALID_MONTHS = "xingang", 48


@dataclass(frozen=True)
class Papers:
    """What a user of the demo could show. ``phone`` is the one on file at the card's bank."""

    name: str
    id_number: str
    card_number: str
    card_expires: date
    phone: str


async def make_papers(stage: Stage, user_id: str) -> Papers:
    """New papers in a user's name. Register and bank refuse them with anything else in it. Raises NotFoundError."""
    user = (await show_profile(stage.wallet, user_id)).user
    today = stage.wallet.days.day_of(stage.wallet.now())
    papers = Papers(
        name=user.display_name,
        id_number=_id_number(),
        card_number=card_number(prefix_of(_BANK, CardKind.DEBIT), f"{secrets.randbelow(10**5):05d}", _last_four()),
        card_expires=month_end(today, _VALID_MONTHS),
        phone=user.phone or "",
    )
    await stage.register.enter(Person(papers.name, papers.id_number))
    await stage.issuer.give_out(papers.card_number, papers.card_expires, papers.phone)
    return papers


def _id_number() -> str:
    # Of one day there are a thousand numbers; a made-up day of birth makes enough of them.
    born = _BORN.replace(year=_BORN.year - secrets.randbelow(30), month=1 + secrets.randbelow(12))
    digits = f"{_PLACE}{born:%Y%m%d}{secrets.randbelow(1000):03d}"
    return digits + check_character(digits)


def _last_four() -> str:
    return f"{secrets.randbelow(10**4):04d}"
