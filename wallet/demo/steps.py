"""What demo users do: each step is one use case of the wallet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from wallet.contract.payloads import Incident
from wallet.contract.refunds import RefundReason, RefundRejection
from wallet.demo.catalogue import incident_words
from wallet.demo.scenarios import Scenario, Step
from wallet.demo.stage import Stage
from wallet.domain.errors import SignInFailedError
from wallet.domain.limits import ChosenLimits
from wallet.domain.users import User
from wallet.services.incidents import end_incident, list_incidents, open_incident
from wallet.services.limits import choose_limits
from wallet.services.payments import PaymentOrder, pay
from wallet.services.refunds import RefundOrder, ask_refund, decide_refund
from wallet.services.sessions import sign_in
from wallet.services.topups import TopupOrder, top_up
from wallet.services.transfers import TransferOrder, transfer
from wallet.services.wallet import Wallet
from wallet.services.withdrawals import WithdrawalOrder, withdraw

_MOVES_MONEY = ("pay", "top_up", "transfer", "withdraw")
_SECONDS_BETWEEN_GUESSES = 20


@dataclass(frozen=True)
class Play:
    """One step of one user, at its time. ``payments`` gathers the ids of those made so far, by merchant."""

    stage: Stage
    user: User
    step: Step
    cards: Mapping[str, str]
    device: str
    password: str
    key: str
    payments: dict[str, str]

    @property
    def wallet(self) -> Wallet:
        """The wallet at the step's time."""
        return self.stage.wallet

    @property
    def card_id(self) -> str | None:
        """The card the step is done with."""
        alias = self.step.arguments.get("card")
        return self.cards[alias] if alias else None


async def perform(stage: Stage, user: User, scenario: Scenario, cards: Mapping[str, str], password: str) -> None:
    """Do all steps of a scenario. Doing them again on the same day moves nothing, unless they had been completed."""
    now, days = stage.wallet.now(), stage.wallet.days
    prefix = await _unused_prefix(stage, user, scenario)
    payments: dict[str, str] = {}
    for number, step in enumerate(scenario.steps):
        then = stage.at(step.when.moment(now, days) + timedelta(milliseconds=number))
        device = step.arguments.get("device", scenario.person.device)
        await _STEPS[step.do](Play(then, user, step, cards, device, password, f"{prefix}-{number}", payments))


async def find_incident(stage: Stage, channel: str) -> Incident | None:
    """The incident that is open on a channel and not yet overdue."""
    now = stage.wallet.now()
    for incident in await list_incidents(stage.wallet):
        if incident.channel == channel and (incident.expected_end is None or incident.expected_end > now):
            return incident
    return None


async def _unused_prefix(stage: Stage, user: User, scenario: Scenario) -> str:
    """The first prefix of today's keys under which the last movement has not been made."""
    today = stage.wallet.days.day_of(stage.wallet.now())
    last = max(number for number, step in enumerate(scenario.steps) if step.do in _MOVES_MONEY)
    async with stage.wallet.storage.reading() as unit:
        turn = 1
        while await unit.keys.get(user.id, f"demo-{today}-{turn}-{last}"):
            turn += 1
    return f"demo-{today}-{turn}"


async def _sign_in(play: Play) -> None:
    await sign_in(play.stage.wallet, play.user.id, play.password, play.device)


async def _sign_in_wrongly(play: Play) -> None:
    begin = play.stage.wallet.now()
    for attempt in range(play.step.arguments["times"]):
        then = play.stage.at(begin + timedelta(seconds=attempt * _SECONDS_BETWEEN_GUESSES))
        with suppress(SignInFailedError):
            await sign_in(then.wallet, play.user.id, f"not {play.password}", play.device)


async def _top_up(play: Play) -> None:
    channel = play.step.arguments["channel"]
    order = TopupOrder(play.user.id, play.step.amount(), channel, play.card_id, play.key)
    await top_up(play.stage.wallet, order)


async def _pay(play: Play) -> None:
    merchant = play.step.arguments["merchant"]
    order = PaymentOrder(play.user.id, play.step.amount(), merchant, play.card_id, play.device, play.key)
    payment = await pay(play.wallet, order)
    play.payments[merchant] = payment.id


async def _transfer(play: Play) -> None:
    recipient = play.step.arguments["recipient"]
    await transfer(play.wallet, TransferOrder(play.user.id, play.step.amount(), recipient, play.key))


async def _withdraw(play: Play) -> None:
    order = WithdrawalOrder(play.user.id, play.step.amount(), play.cards[play.step.arguments["card"]], play.key)
    await withdraw(play.wallet, order)


async def _ask_refund(play: Play) -> None:
    payment_id, reason = play.payments[play.step.arguments["merchant"]], RefundReason(play.step.arguments["reason"])
    await ask_refund(play.wallet, RefundOrder(play.user.id, payment_id, None, reason, play.key))


async def _answer_refund(play: Play) -> None:
    payment_id, rejection = play.payments[play.step.arguments["merchant"]], play.step.arguments.get("rejection")
    async with play.wallet.storage.reading() as unit:
        refunds = await unit.refunds.of_payment(payment_id)
    for refund in refunds:
        if refund.is_undecided:
            await decide_refund(play.wallet, refund.id, RefundRejection(rejection) if rejection else None)


async def _set_limits(play: Play) -> None:
    await choose_limits(play.stage.wallet, play.user.id, ChosenLimits(per_day=play.step.amount("per_day")))


async def _open_incident(play: Play) -> None:
    wallet, channel = play.stage.wallet, play.step.arguments["channel"]
    if await find_incident(play.stage, channel) is not None:
        return
    for incident in await list_incidents(wallet):
        if incident.channel == channel:
            await end_incident(wallet, incident.id)
    expected_end = _next_full_hour(wallet.now() + timedelta(hours=play.step.arguments["hours"]))
    # A step is a few thousandths of a second ahead of the clock, and what is still to begin is only planned.
    begun = wallet.now().replace(microsecond=0)
    await open_incident(wallet, channel, incident_words(channel), expected_end, begun)


def _next_full_hour(moment: datetime) -> datetime:
    full = moment.replace(minute=0, second=0, microsecond=0)
    return full if full == moment else full + timedelta(hours=1)


_STEPS: dict[str, Callable[[Play], Awaitable[None]]] = {
    "sign_in": _sign_in,
    "sign_in_wrongly": _sign_in_wrongly,
    "top_up": _top_up,
    "pay": _pay,
    "transfer": _transfer,
    "withdraw": _withdraw,
    "ask_refund": _ask_refund,
    "answer_refund": _answer_refund,
    "set_limits": _set_limits,
    "open_incident": _open_incident,
}
