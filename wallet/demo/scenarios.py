"""The demo users as the file describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import AccountStatus, CardKind, CardState, MovementStatus
from wallet.contract.refunds import RefundStatus
from wallet.domain.calendar_days import CalendarDays
from wallet.domain.currency import CURRENCY

_FILE = Path(__file__).parent / "scenarios.yml"


@dataclass(frozen=True)
class Person:
    """Who a demo user is."""

    display_name: str
    language: str
    identity_level: int
    two_factor: bool
    phone: str
    device: str
    joined_days_ago: int


@dataclass(frozen=True)
class DemoCard:
    """A card of a demo user, and how its issuer shall answer."""

    bank: str
    kind: CardKind
    last_four: str
    months_left: int
    balance: Money
    reissued_for_years: int = 0
    answers: str | None = None


@dataclass(frozen=True)
class When:
    """A moment told relative to now."""

    minutes_ago: int = 0
    days_ago: int | None = None
    at: time | None = None
    last: time | None = None

    def moment(self, now: datetime, days: CalendarDays) -> datetime:
        """The moment it is. ``minutes_ago`` stays within the present day: limits of a day depend on it."""
        today = days.day_of(now)
        if self.last is not None:
            latest = days.at(today, self.last)
            return latest if latest <= now else days.at(today - timedelta(days=1), self.last)
        if self.days_ago is not None:
            return days.at(today - timedelta(days=self.days_ago), self.at or time(12))
        return max(now - timedelta(minutes=self.minutes_ago), days.day_start(now))


@dataclass(frozen=True)
class Step:
    """One thing a demo user did."""

    do: str
    when: When
    arguments: Mapping[str, Any]

    def amount(self, name: str = "amount") -> Money:
        """An amount among the arguments."""
        return Money.parse(self.arguments[name], CURRENCY)


@dataclass(frozen=True)
class PromisedMovement:
    """What has to have been done with money. ``since`` is today, day (24 hours) or month."""

    kind: str
    status: MovementStatus
    since: str
    cause: Cause | None = None
    channel: str | None = None
    amount: Money | None = None


@dataclass(frozen=True)
class PromisedRefund:
    """A refund that has to stand so, with what is expected of it still to come."""

    merchant: str
    status: RefundStatus


@dataclass(frozen=True)
class Promise:
    """The state a scenario stands for."""

    status: AccountStatus
    movement: PromisedMovement | None
    card_state: CardState
    per_day: Money | None
    incident: str | None
    refund: PromisedRefund | None


@dataclass(frozen=True)
class Scenario:
    """One demo user."""

    name: str
    person: Person
    cards: Mapping[str, DemoCard]
    steps: tuple[Step, ...]
    promise: Promise


def load_scenarios() -> dict[str, Scenario]:
    """Every scenario by its name, in the order of the file."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: _scenario(name, description) for name, description in content.items()}


def _scenario(name: str, description: dict[str, Any]) -> Scenario:
    return Scenario(
        name=name,
        person=Person(**description["person"]),
        cards={alias: _card(card) for alias, card in description["cards"].items()},
        steps=tuple(_step(step) for step in description["steps"]),
        promise=_promise(description["promise"]),
    )


def _card(card: dict[str, Any]) -> DemoCard:
    return DemoCard(**{**card, "kind": CardKind(card["kind"]), "balance": Money.parse(card["balance"], CURRENCY)})


def _step(step: dict[str, Any]) -> Step:
    arguments = dict(step)
    do = arguments.pop("do")
    when: dict[str, Any] = {name: time.fromisoformat(arguments.pop(name)) for name in ("at", "last") if name in step}
    when.update({name: arguments.pop(name) for name in ("minutes_ago", "days_ago") if name in step})
    return Step(do, When(**when), arguments)


def _promise(promise: dict[str, Any]) -> Promise:
    movement, per_day, refund = promise.get("movement"), promise.get("per_day"), promise.get("refund")
    return Promise(
        status=AccountStatus(promise.get("status", "active")),
        movement=_promised_movement(movement) if movement else None,
        card_state=CardState(promise.get("card_state", "active")),
        per_day=Money.parse(per_day, CURRENCY) if per_day else None,
        incident=promise.get("incident"),
        refund=PromisedRefund(refund["merchant"], RefundStatus(refund["status"])) if refund else None,
    )


def _promised_movement(movement: dict[str, Any]) -> PromisedMovement:
    cause, amount = movement.get("cause"), movement.get("amount")
    return PromisedMovement(
        kind=movement["kind"],
        status=MovementStatus(movement["status"]),
        since=movement["since"],
        cause=Cause(cause) if cause else None,
        channel=movement.get("channel"),
        amount=Money.parse(amount, CURRENCY) if amount else None,
    )
