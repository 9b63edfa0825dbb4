"""Which conversation comes when, by whom and about what: the rhythm of days and hours, growth, a bad day, returns."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import blake2b

from bot.desk.demo.chance import Chance
from bot.desk.demo.mix import Mix
from bot.desk.demo.recorder import Visitor

PREFIX = "demo-"
_HOUR, _DAY = 3600, 86400
# Of those who may come back, the latest few are remembered.
_REMEMBERED = 400


@dataclass(frozen=True)
class Plan:
    """A conversation to be played: its visitor and beginning, what it is, and whether the day is bad."""

    visitor: Visitor
    at: float
    opening: str
    topic: str | None
    is_bad_day: bool


class Calendar:
    """The beginnings of so many conversations between two times, in order."""

    def __init__(self, mix: Mix, since: float, until: float, zone: tzinfo) -> None:
        self._mix, self._since, self._until, self._zone = mix, since, until, zone
        days = int((until - since) // _DAY)
        self._bad_day = datetime.fromtimestamp(since + int(days * mix["outage"]["place"]) * _DAY, zone).date()

    def is_bad(self, at: float) -> bool:
        """Whether the channel is down then."""
        local = datetime.fromtimestamp(at, self._zone)
        first, last = self._mix["outage"]["hours"]
        return local.date() == self._bad_day and first <= local.hour < last

    def moments(self, count: int, chance: Chance) -> Iterator[float]:
        """That many times."""
        hours = [self._since + place * _HOUR for place in range(max(1, int((self._until - self._since) // _HOUR)))]
        weights = [self._weight(hour) for hour in hours]
        total, reached, given = sum(weights), 0.0, 0
        for hour, weight in zip(hours, weights, strict=True):
            reached += weight
            due = round(count * reached / total) - given
            given += due
            yield from sorted(hour + chance.random() * _HOUR for _ in range(due))

    def _weight(self, at: float) -> float:
        local = datetime.fromtimestamp(at, self._zone)
        grown = 1 + float(self._mix["growth"]) * (at - self._since) / (self._until - self._since)
        crowd = self._mix["outage"]["crowd"] if self.is_bad(at) else 1
        return float(self._mix["hours"][local.hour] * self._mix["weekdays"][local.weekday()] * grown * crowd)


class Planner:
    """Plans conversations one after the other."""

    def __init__(self, mix: Mix, calendar: Calendar, seed: int, count: int) -> None:
        self._mix, self._calendar, self._seed = mix, calendar, seed
        self._users = max(4, count * int(mix["users_per_hundred"]) // 100)
        self._leavers: deque[Plan] = deque(maxlen=_REMEMBERED)

    def plan(self, number: int, at: float, chance: Chance) -> Plan:
        """The conversation of a number, which begins then."""
        mix, is_bad = self._mix, self._calendar.is_bad(at)
        if chance.happens(mix["returns_share"]):
            back = self._who_comes_back(at, chance)
            if back:
                who = back.visitor
                again = Visitor(self._id(who.channel, number), who.channel, who.language, who.user_id)
                return Plan(again, at, "failure", back.topic, is_bad)
        channel, language = chance.by_weight(mix.channels), chance.by_weight(mix.languages)
        user = self._user(chance) if chance.happens(mix["proven_share"]) else None
        opening = chance.by_weight(mix.openings)
        topic = chance.by_weight(mix.failures) if opening == "failure" else None
        if is_bad and chance.happens(mix["outage"]["topup_share"]):
            opening, topic = "failure", "topup_failure"
        plan = Plan(Visitor(self._id(channel, number), channel, language, user), at, opening, topic, is_bad)
        if user and topic:
            self._leavers.append(plan)
        return plan

    def _who_comes_back(self, at: float, chance: Chance) -> Plan | None:
        """A proven user who was here some hours ago and less than a day."""
        recent = [plan for plan in self._leavers if _HOUR < at - plan.at < 0.8 * _DAY]
        return chance.one_of(recent) if recent else None

    def _user(self, chance: Chance) -> str:
        # Squared: a few come often, most of them once.
        number = int(chance.random() ** 2 * self._users)
        name = self._mix["names"][number % len(self._mix["names"])]
        return f"{PREFIX}{name}-{self._digest('user', number)[:6]}{number:x}"

    def _id(self, channel: str, number: int) -> str:
        return f"{PREFIX}{channel}-{self._digest(channel, number)}"

    def _digest(self, *parts: object) -> str:
        return blake2b(" ".join(map(str, (self._seed, *parts))).encode(), digest_size=9).hexdigest()
