"""What an account shows, made up: as the bot says it, and as it keeps it."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from bot.desk.demo.chance import Chance
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.mix import Mix
from bot.desk.demo.recorder import in_json

_DAY = 86400
_SIGN = {"zh": "¥", "en": "CN¥"}

Fact = tuple[str, Any]  # what is said, and what is kept


class Facts:
    """Facts about one account at one time, each made when it is first asked for."""

    def __init__(self, corpus: Corpus, mix: Mix, chance: Chance, language: str, at: float, zone: tzinfo) -> None:
        self._corpus, self._mix, self._chance = corpus, mix, chance
        self._language, self._at, self._zone = language, at, zone
        self._known: dict[str, Fact] = {}

    def of(self, responses: Iterable[str], **given: str) -> tuple[dict[str, str], dict[str, Any]]:
        """Every value that these responses name, some of them given: to be said, and to be kept in a slot."""
        texts = self._corpus.responses[self._language]
        # In the order in which they are named: a set's would differ from run to run.
        names = dict.fromkeys(name for response in responses for name in _names(texts[response]))
        facts = {name: (given[name], given[name]) if name in given else self._fact(name) for name in names}
        return {name: said for name, (said, _) in facts.items()}, {name: kept for name, (_, kept) in facts.items()}

    def _fact(self, name: str) -> Fact:
        if name not in self._known:
            self._known[name] = _MAKERS[name](self)
        return self._known[name]

    def money(self, least: int, most: int) -> Fact:
        """An amount between two, in whole yuan."""
        yuan = least + int(self._chance.random() ** 2 * (most - least))
        minor = yuan * 100 + self._chance.one_of((0, 0, 0, 50, 90))
        said = f"{_SIGN[self._language]}{minor / 100:,.2f}"
        return said, {"money": {"minor": minor, "currency": "CNY"}}

    def named(self, group: str) -> Fact:
        """A name of a group of the mix."""
        name = self._chance.one_of(self._mix[group])
        return (name, name) if isinstance(name, str) else (name[self._language], {"text": name})

    def names(self, group: str, count: int) -> Fact:
        """Some names of a group, one after the other."""
        names = self._chance.sample(self._mix[group], count)
        separator = self._corpus.word("list_separator", self._language)
        return separator.join(name[self._language] for name in names), [{"text": name} for name in names]

    def time(self, seconds: float) -> Fact:
        """A time so many seconds from now; one before now lies behind."""
        at = self._at + seconds
        return time_in_words(self._corpus, self._language, self._at, at, self._zone), {"time": in_json(at)}

    def recently(self) -> Fact:
        """A time not long ago."""
        return self.time(-self._chance.seconds(1500))

    def day(self, days: float) -> Fact:
        """A day so many days from now."""
        day = datetime.fromtimestamp(self._at, self._zone).date() + timedelta(days=int(days))
        return day.isoformat(), {"date": day.isoformat()}

    def digits(self, count: int) -> Fact:
        """Some digits."""
        text = "".join(self._chance.one_of(string.digits) for _ in range(count))
        return text, text

    def contact(self) -> Fact:
        """A masked address."""
        name = self._chance.one_of(self._mix["names"])
        text = f"{name[0]}***{self._chance.one_of(string.digits)}@example.com"
        return text, text

    def word(self, *names: str) -> Fact:
        """One of these words."""
        return self.same(self._corpus.word(self._chance.one_of(names), self._language))

    def same(self, text: str) -> Fact:
        """A text that is what it is."""
        return text, text


def time_in_words(corpus: Corpus, language: str, now: float, at: float, zone: tzinfo) -> str:
    """A time as the bot says it: today at, tomorrow at …"""
    there, here = (datetime.fromtimestamp(seconds, zone) for seconds in (at, now))
    days = (there.date() - here.date()).days
    word = {0: "today_at", -1: "yesterday_at", 1: "tomorrow_at"}.get(days, "date_at")
    return corpus.word(word, language).format(time=f"{there:%H:%M}", day=f"{there:%m-%d}")


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name)


_MAKERS: dict[str, Callable[[Facts], Fact]] = {
    "amount": lambda facts: facts.money(12, 3200),
    "limit": lambda facts: facts.money(2000, 5000),
    "per_payment": lambda facts: facts.money(1000, 2000),
    "used": lambda facts: facts.money(800, 2000),
    "left": lambda facts: facts.money(100, 900),
    "maximum": lambda facts: facts.money(5000, 20000),
    "minimum": lambda facts: facts.money(1, 10),
    "quota": lambda facts: facts.money(1000, 1001),
    "remaining": lambda facts: facts.money(0, 900),
    "fee": lambda facts: facts.money(1, 20),
    "merchant": lambda facts: facts.named("merchants"),
    "bank": lambda facts: facts.named("banks"),
    "channel": lambda facts: facts.named("ways"),
    "channels": lambda facts: facts.names("ways", 2),
    "last_four": lambda facts: facts.digits(4),
    "contact": Facts.contact,
    "failures": lambda facts: facts.same("5"),
    "allowed": lambda facts: facts.same("5"),
    "at": Facts.recently,
    "since": Facts.recently,
    "resets_at": lambda facts: facts.time(_DAY / 3),
    "result_by": lambda facts: facts.time(7200),
    "locked_until": lambda facts: facts.time(_DAY),
    "expected_end": lambda facts: facts.time(10800),
    "expires_at": lambda facts: facts.time(1800),
    "expires": lambda facts: facts.day(-30),
    "incident": lambda facts: facts.same("Apple Pay"),
    "what": lambda facts: facts.word("fee_kind_topup", "fee_kind_payment", "fee_kind_transfer", "fee_kind_withdrawal"),
    "missing": lambda facts: facts.word("security_two_factor", "security_old_password", "security_email_unconfirmed"),
}
