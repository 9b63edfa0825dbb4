"""Adding money to the balance."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, MovementStatus, TopupChannel
from wallet.domain.cards import BankCard
from wallet.domain.channels import refusal_by_channel
from wallet.domain.errors import InvalidRequestError
from wallet.domain.idempotency import UsedKey, fingerprint
from wallet.domain.identifiers import new_id
from wallet.domain.ledger import account_of
from wallet.domain.topups import TOPUP, Topup
from wallet.services.accounts import known_user
from wallet.services.cards import bound_card
from wallet.services.fees import fee_of
from wallet.services.movements import ask_issuer, find_earlier, record
from wallet.services.ports import Movements, UnitOfWork
from wallet.services.wallet import Wallet


@dataclass(frozen=True)
class TopupOrder:
    """What a user asks for. Channels that take no card are given none."""

    user_id: str
    amount: Money
    channel: str
    card_id: str | None
    idempotency_key: str


def topups_in(unit: UnitOfWork) -> Movements[Topup]:
    """Where top-ups are kept."""
    return unit.topups


async def top_up(wallet: Wallet, order: TopupOrder) -> Topup:
    """Top up once per key. A declined top-up is an answer like any other, with its cause."""
    asked = fingerprint(TOPUP, order.amount, order.channel, order.card_id)
    topup_id = new_id("top")
    used = UsedKey(order.user_id, order.idempotency_key, asked, topup_id)
    async with wallet.storage.writing() as unit:
        await unit.ledger.lock(account_of(order.user_id))
        earlier = await find_earlier(unit, unit.topups, used)
        if earlier is not None:
            return earlier
        card = await bound_card(unit, order.user_id, order.card_id) if order.card_id else None
        topup = await _decide(wallet.at_one_moment(), unit, order, topup_id, card)
        await record(wallet, unit, unit.topups, topup, used)
    if card is None or topup.status is not MovementStatus.PENDING:
        return topup
    answer = wallet.issuer.authorise(topup.id, card, topup.total, wallet.now())
    return await ask_issuer(wallet, topups_in, topup, answer)


async def _decide(wallet: Wallet, unit: UnitOfWork, order: TopupOrder, topup_id: str, card: BankCard | None) -> Topup:
    channel = await _channel(wallet, unit, order.channel)
    if channel.card_kinds and card is None:
        raise InvalidRequestError("this channel needs a card", field="card_id")
    topup = Topup(
        id=topup_id,
        user_id=order.user_id,
        amount=order.amount,
        fee=await fee_of(wallet, unit, FeeKind.TOPUP, channel.code, order.amount, order.user_id),
        card_id=order.card_id,
        status=MovementStatus.PENDING,
        cause=None,
        issuer_code=None,
        created_at=wallet.now(),
        result_expected_by=None,
        channel=channel.code,
    )
    cause = await _refusal(unit, topup, channel, card)
    if cause is not None:
        return topup.declined(cause)
    # Without a card the money is there already: the channel reports only what it has received.
    return topup.succeeded() if card is None else topup.pending()


async def _refusal(unit: UnitOfWork, topup: Topup, channel: TopupChannel, card: BankCard | None) -> Cause | None:
    user = await known_user(unit, topup.user_id)
    if not user.may_move_money:
        return Cause.ACCOUNT_FROZEN
    refused = refusal_by_channel(channel, topup.amount, card.kind if card else None)
    if refused is not None:
        return refused
    return Cause.CARD_FROZEN if card is not None and card.frozen_at is not None else None


async def _channel(wallet: Wallet, unit: UnitOfWork, code: str) -> TopupChannel:
    for channel in await unit.offers.channels(wallet.now()):
        if channel.code == code:
            return channel
    raise InvalidRequestError("no such channel", field="channel")
