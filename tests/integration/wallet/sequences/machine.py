"""Whatever users, banks, merchants and clocks do, in any order, to a wallet on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.integration.wallet.house import NOON, PASSWORD, TickingClock
from tests.integration.wallet.laws import OPEN, check
from tests.integration.wallet.rows import Reader, Rows
from tests.integration.wallet.sequences.bank import Bank, Line, PowerCutError
from tests.integration.wallet.sequences.people import Person, Plastic, check_decision
from tests.integration.wallet.sequences.quotas import FEE_DIVISOR, FREE_QUOTAS, check_quotas
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind
from wallet.contract.refunds import RefundReason, RefundRejection
from wallet.demo.cards import card_number
from wallet.demo.catalogue import install_catalogue
from wallet.domain.account_events import Actor
from wallet.domain.cards import CARDS_MAXIMUM
from wallet.domain.currency import ZERO, yuan
from wallet.domain.errors import (
    AccountFrozenError,
    ConflictError,
    IdempotencyKeyReusedError,
    LimitAboveLevelError,
    WalletError,
)
from wallet.domain.fees import FeeRule
from wallet.domain.limits import ChosenLimits
from wallet.domain.users import User
from wallet.parts import create_parts
from wallet.services.accounts import freeze_account, open_account, unfreeze_account
from wallet.services.cards import bind_card, freeze_card, remove_card
from wallet.services.identity import set_identity_level
from wallet.services.limits import choose_limits
from wallet.services.movements import query_issuer
from wallet.services.overdue import query_overdue
from wallet.services.payments import PaymentOrder, pay, payments_in
from wallet.services.refunds import RefundOrder, ask_refund, decide_refund, settle_due_refunds
from wallet.services.topups import TopupOrder, top_up, topups_in
from wallet.services.transfers import TransferOrder, transfer, transfers_in
from wallet.services.wallet import Wallet
from wallet.services.withdrawals import WithdrawalOrder, withdraw, withdrawals_in

T = TypeVar("T")
Order = Any
Moment = Any

USE_CASES: dict[type, Any] = {
    PaymentOrder: pay,
    TopupOrder: top_up,
    TransferOrder: transfer,
    WithdrawalOrder: withdraw,
    RefundOrder: ask_refund,
}
PLACES: dict[str, Any] = {"pay": payments_in, "top": topups_in, "trf": transfers_in, "wdr": withdrawals_in}
REJECTIONS = {"grants": None, "rejects": RefundRejection.USED}
PREFIXES = {"debit": "620001", "credit": "620002"}

# What is drawn as a number picks one of those there are by then.
some = st.integers(0, 5)
people = st.integers(0, 1)
amounts = st.sampled_from((1, 99, 100, 200, 300, 500, 1_000)).map(yuan)
limits = st.none() | st.sampled_from((200, 500, 800, 6_000)).map(yuan)
lines = st.sampled_from((Line.GOOD,) * 5 + tuple(Line))
recipients = st.sampled_from(("other",) * 4 + ("self", "nobody"))
kinds = st.sampled_from(tuple(PREFIXES))
codes = st.sampled_from((None,) * 5 + ("05", "51", "68", "91"))
answers = st.sampled_from(("not yet", "grants", "rejects"))
# None is now. Otherwise the day, or the month, is over after so many looks at the clock.
moments = st.integers(-12, 6).map(lambda looks: (looks % 2 == 0, (looks + 1) // 2) if looks > 0 else None)


class Sequences(RuleBasedStateMachine):
    """Two users with a debit and a credit card each."""

    def __init__(self, url: str, settings: Any, hasher: Any) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.clock = TickingClock(NOON)
        self.parts = create_parts(replace(settings, database_url=url), self.clock, hasher)
        self.issuer = self.parts.stage.issuer
        self.bank = Bank(self.issuer)
        self.wallet: Wallet = replace(self.parts.stage.wallet, issuer=self.bank)
        self.reader = Reader(url)
        self.people: list[Person] = []
        self.orders: list[tuple[Order, str]] = []
        self.steps = self.numbers = 0
        self.rows = self.reader.read()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Have a use case done."""
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        """Close what was opened."""
        self.wait(self.parts.database.close())
        self.loop.close()
        self.reader.close()

    @initialize()
    def open_accounts(self) -> None:
        self.wait(self._open_accounts())
        self.rows = self.reader.read()

    async def _open_accounts(self) -> None:
        await install_catalogue(self.parts.stage)
        async with self.wallet.storage.writing() as unit:
            for (kind, channel), quota in FREE_QUOTAS.items():
                rate, free = Decimal(1) / FEE_DIVISOR, Money(quota, "CNY")
                await unit.offers.put_fee_rule(FeeRule(FeeKind(kind), channel, rate, ZERO, free, None))
        for level in (2, 3):
            user = _user(f"user-{level}", level, self.wallet)
            await open_account(self.wallet, user, PASSWORD)
            await top_up(self.wallet, TopupOrder(user.id, yuan(1_200), "bank_transfer", None, "opening"))
            await choose_limits(self.wallet, user.id, ChosenLimits(None, yuan(600)))
            self.people.append(Person(user.id, level, per_day=600_00))
            for prefix in PREFIXES.values():
                await self._bind(self.people[-1], prefix)

    async def _bind(self, person: Person, prefix: str) -> None:
        self.numbers += 1
        number = card_number(prefix, "000000"[: 12 - len(prefix)], f"{self.numbers:04}")
        card = await bind_card(self.wallet, person.id, number, NOON.replace(year=2040).date(), None)
        person.cards.append(Plastic(card.id, card.token, card.kind.value))

    @invariant()
    def the_laws_hold(self) -> None:
        self.steps += 1
        self.rows = self.reader.read()
        check(self.rows)
        check_quotas(self.rows)

    # What users ask for.

    @rule(who=people, amount=amounts, moment=moments)
    def pays(self, who: int, amount: Money, moment: Moment) -> None:
        self.wait_until(moment)
        self.order(who, PaymentOrder, amount=amount, merchant="蓝山咖啡", card_id=None, device="手机")

    @rule(who=people, amount=amounts, card=some, code=codes, line=lines, moment=moments)
    def pays_by_card(self, who: int, amount: Money, card: int, code: str | None, line: Line, moment: Moment) -> None:
        card_id = self.card(who, card, code)
        self.bank.line = line
        self.wait_until(moment)
        self.order(who, PaymentOrder, amount=amount, merchant="蓝山咖啡", card_id=card_id, device="手机")

    @rule(
        who=people, amount=amounts, kind=st.sampled_from(("debit", "credit", None)), card=some, code=codes, line=lines
    )
    def tops_up(self, who: int, amount: Money, kind: str | None, card: int, code: str | None, line: Line) -> None:
        card_id = self.card(who, card, code, kind) if kind else None
        self.bank.line = line
        channel = f"bank_card_{kind}" if kind else "bank_transfer"
        self.order(who, TopupOrder, amount=amount, channel=channel, card_id=card_id)

    @rule(who=people, amount=amounts, to=recipients, moment=moments)
    def transfers(self, who: int, amount: Money, to: str, moment: Moment) -> None:
        self.wait_until(moment)
        names = {"other": self.people[1 - who].id, "self": self.people[who].id}
        self.order(who, TransferOrder, amount=amount, recipient=names.get(to, to))

    @rule(who=people, amount=amounts, card=some, code=codes, line=lines, moment=moments)
    def withdraws(self, who: int, amount: Money, card: int, code: str | None, line: Line, moment: Moment) -> None:
        card_id = self.card(who, card, code, "debit")
        self.bank.line = line
        self.wait_until(moment)
        self.order(who, WithdrawalOrder, amount=amount, card_id=card_id)

    @precondition(lambda self: self.rows.payments)
    @rule(payment=some, amount=st.none() | amounts, answer=answers, code=codes, line=lines)
    def asks_back(self, payment: int, amount: Money | None, answer: str, code: str | None, line: Line) -> None:
        # Those first of which something is left to ask for, and of them those by card, whose way back is the longest.
        rows = sorted(self.rows.payments, key=lambda row: (left_of(self.rows, row) == 0, row.card_id is None))
        asked = _one_of(rows, payment)
        left = left_of(self.rows, asked)
        order = RefundOrder(asked.user_id, asked.id, amount, RefundReason.FAULTY, self.key(asked.user_id))
        try:
            refund_id = self.carry_out(order)
        except ConflictError:
            too_much = left == 0 or (amount is not None and amount.minor > left)
            assert too_much or self.clock.now > asked.created_at + timedelta(days=180)
            return
        if answer != "not yet":
            self.wait(decide_refund(self.wallet, refund_id, REJECTIONS[answer]))
        if answer == "grants":
            self.pay_back(5, code, line)

    @precondition(lambda self: self.orders)
    @rule(order=some)
    def asks_again_under_the_same_key(self, order: int) -> None:
        repeated, made = _one_of(self.orders, order)
        assert self.wait(USE_CASES[type(repeated)](self.wallet, repeated)).id == made
        assert self.reader.read() == self.rows

    @precondition(lambda self: self.orders)
    @rule(order=some, is_another_kind=st.booleans())
    def asks_for_something_else_under_the_same_key(self, order: int, is_another_kind: bool) -> None:
        used, _ = _one_of(self.orders, order)
        amount = (used.amount or ZERO) + yuan(1)
        other = replace(used, amount=amount)
        if is_another_kind and not isinstance(used, TopupOrder):
            other = TopupOrder(used.user_id, used.amount or yuan(1), "bank_transfer", None, used.idempotency_key)
        try:
            self.wait(USE_CASES[type(other)](self.wallet, other))
            raise AssertionError("a key was taken for two requests")
        except IdempotencyKeyReusedError:
            assert self.reader.read() == self.rows

    # What users and operators set.

    @rule(who=people, per_payment=limits, per_day=limits)
    def chooses_limits(self, who: int, per_payment: Money | None, per_day: Money | None) -> None:
        person = self.people[who]
        choosing = choose_limits(self.wallet, person.id, ChosenLimits(per_payment, per_day), PASSWORD)
        try:
            if not self.changes(person, choosing):
                return
        except LimitAboveLevelError:
            return
        person.per_payment = per_payment.minor if per_payment else person.per_payment
        person.per_day = per_day.minor if per_day else person.per_day

    @rule(who=people, level=st.sampled_from((1, 2, 2, 2, 3)))
    def is_known_better_or_worse(self, who: int, level: int) -> None:
        person = self.people[who]
        if person.level != level:
            self.wait(set_identity_level(self.wallet, person.id, level, None))
            person.level = level

    @rule(who=people, frozen=st.sampled_from((False, False, False, True)))
    def is_frozen_or_thawed(self, who: int, frozen: bool) -> None:
        person = self.people[who]
        if frozen:
            self.wait(freeze_account(self.wallet, person.id, Actor.SUPPORT))
        elif person.frozen:
            self.wait(unfreeze_account(self.wallet, person.id, "called back"))
        person.frozen = frozen

    @rule(who=people, card=some, what=st.sampled_from(("bind", "bind", "freeze", "remove")), kind=kinds)
    def changes_cards(self, who: int, card: int, what: str, kind: str) -> None:
        person = self.people[who]
        if what == "bind" or not person.cards:
            if len(person.cards) < CARDS_MAXIMUM:
                self.changes(person, self._bind(person, PREFIXES[kind]))
            return
        plastic = _one_of(person.cards, card)
        if what == "remove" and not plastic.frozen:
            if self.changes(person, remove_card(self.wallet, person.id, plastic.id)):
                person.cards.remove(plastic)
        else:
            self.wait(freeze_card(self.wallet, person.id, plastic.id))
            plastic.frozen = True

    def changes(self, person: Person, change: Coroutine[Any, Any, Any]) -> bool:
        """Have something of an account changed, and say whether it was: on a frozen one nothing is."""
        try:
            self.wait(change)
        except AccountFrozenError:
            assert person.frozen
            return False
        assert not person.frozen
        return True

    # What banks and merchants do.

    @precondition(lambda self: _undecided_orders(self.rows))
    @rule(order=some, code=st.sampled_from(("00", "05")))
    def an_issuer_knows_a_result(self, order: int, code: str) -> None:
        self.wait(self.issuer.announce_result(_one_of(_undecided_orders(self.rows), order).id, code, self.clock()))

    @precondition(lambda self: list(self.rows.movements))
    @rule(movement=some)
    def a_result_is_asked_about(self, movement: int) -> None:
        # Those first that are still open.
        row = _one_of(sorted(self.rows.movements, key=lambda row: row.status not in OPEN), movement)
        self.wait(query_issuer(self.wallet, PLACES[row.id[:3]], row.user_id, row.id))

    @precondition(lambda self: any(row.status in OPEN for row in self.rows.movements))
    @rule(hours=st.sampled_from((0, 2)))
    def overdue_results_are_asked_about(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        self.wait(query_overdue(self.wallet))

    @precondition(lambda self: self.rows.refunds)
    @rule(refund=some, answer=st.sampled_from(tuple(REJECTIONS)))
    def a_merchant_answers(self, refund: int, answer: str) -> None:
        row = _one_of(sorted(self.rows.refunds, key=lambda row: row.status != "requested"), refund)
        try:
            self.wait(decide_refund(self.wallet, row.id, REJECTIONS[answer]))
            assert row.status == "requested"
        except ConflictError:
            assert row.status != "requested"

    @precondition(lambda self: any(refund.status == "approved" for refund in self.rows.refunds))
    @rule(days=st.sampled_from((0, 5)), code=codes, line=lines)
    def what_is_due_is_paid_back(self, days: int, code: str | None, line: Line) -> None:
        self.pay_back(days, code, line)

    def pay_back(self, days: int, code: str | None, line: Line) -> None:
        """As the wallet does of its own accord, some days later."""
        self.clock.advance(days=days)
        self.bank.line = line
        for card in self.rows.issuer_cards:
            self.answer(card.token, code)
        # The next round tries again what the line or the issuer left open.
        for _ in range(2):
            self.wait(settle_due_refunds(self.wallet))
            self.what_is_underway_arrives()
            self.clock.advance(hours=3)

    # What time does.

    @rule(hours=st.sampled_from((1, 3, 24, 5 * 24)))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    # How an order is made, and looked at.

    def order(self, who: int, kind: type, **wish: Any) -> None:
        """Carry out a new order. One that is refused as a request leaves nothing behind."""
        user_id = self.people[who].id
        try:
            self.carry_out(kind(user_id=user_id, idempotency_key=self.key(user_id), **wish))
        except WalletError:
            assert self.reader.read() == self.rows
        self.what_is_underway_arrives()

    def what_is_underway_arrives(self) -> None:
        """After it was asked about, by a user who would not wait."""
        for deliver in self.bank.underway:
            for row in self.reader.read().movements:
                if row.status in OPEN:
                    self.wait(query_issuer(self.wallet, PLACES[row.id[:3]], row.user_id, row.id))
            self.wait(deliver())
        self.bank.underway.clear()

    def carry_out(self, order: Order) -> str:
        """Carry out, judge what was decided, and give the id of what was made."""
        before = self.rows
        try:
            made = str(self.wait(USE_CASES[type(order)](self.wallet, order)).id)
        except PowerCutError:
            made = self._made_by(order)
        after = self.reader.read()
        self.orders.append((order, made))
        if not isinstance(order, RefundOrder):
            check_decision(self.people, before, after.made[made])
        return made

    def _made_by(self, order: Order) -> str:
        (made,) = (
            key.movement_id
            for key in self.reader.read().idempotency_keys
            if (key.user_id, key.key) == (order.user_id, order.idempotency_key)
        )
        return str(made)

    def key(self, user_id: str) -> str:
        """A key that is new to a user, though others may have used it."""
        return f"key-{sum(key.user_id == user_id for key in self.rows.idempotency_keys)}"

    def card(self, who: int, number: int, code: str | None, kind: str = "") -> str:
        """The id of a card of a user's, whose issuer will answer with a code; of no card if he has none."""
        cards = [card for card in self.people[who].cards if card.kind.startswith(kind)]
        if not cards:
            return "card_none"
        card = _one_of(cards, number)
        self.answer(card.token, code)
        return str(card.id)

    def answer(self, token: str, code: str | None) -> None:
        """Have the issuer answer for a card with a code, None for its own."""
        (known,) = (card for card in self.rows.issuer_cards if card.token == token)
        if known.forced_code != code:
            balance = Money(known.balance_minor, known.currency)
            self.wait(self.issuer.arrange_card(token, balance=balance, expires=known.expires, forced_code=code))
            self.rows = self.reader.read()

    def wait_until(self, moment: Moment) -> None:
        """Turn the clock to just before midnight, or the midnight in which the month ends."""
        if moment is not None:
            month, looks = moment
            midnight = (self.wallet.days.next_month if month else self.wallet.days.next_day)(self.clock.now)
            self.clock.now = midnight - timedelta(microseconds=looks)


def left_of(rows: Rows, payment: Any) -> int:
    """How much of a payment nobody has asked back yet, in fen."""
    if payment.status != "succeeded":
        return 0
    asked = [row for row in rows.refunds if row.payment_id == payment.id and row.status != "rejected"]
    return int(payment.amount_minor - sum(row.amount_minor for row in asked))


def _one_of(things: Any, number: int) -> Any:
    return things[number % len(things)]


def _undecided_orders(rows: Rows) -> list[Any]:
    """Those whose result the wallet does not know yet, nor does the issuer."""
    open_ones = {row.id for row in rows.made.values() if row.status in ("pending", "unknown", "approved")}
    return [order for order in rows.issuer_orders if order.id in open_ones and order.code in ("68", "91")]


def _user(user_id: str, level: int, wallet: Wallet) -> User:
    return User(
        id=user_id,
        phone=None,
        email=f"{user_id}@example.com",
        display_name="测试",
        language="zh",
        identity_level=level,
        two_factor=False,
        email_confirmed=True,
        phone_confirmed=True,
        frozen_at=None,
        closed_at=None,
        created_at=wallet.now(),
    )
