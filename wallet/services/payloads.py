"""Records of the wallet as payloads of the contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from wallet.contract import payloads
from wallet.contract import refunds as payloads_of_refunds
from wallet.contract import transfers as payloads_of_transfers
from wallet.contract.causes import cause_to_tell
from wallet.domain.cards import BankCard
from wallet.domain.payments import Payment
from wallet.domain.refunds import Refund
from wallet.domain.topups import Topup
from wallet.domain.transfers import Transfer
from wallet.domain.withdrawals import Withdrawal
from wallet.services.wallet import Wallet

P = TypeVar("P", payloads.Payment, payloads.Topup, payloads_of_transfers.Transfer)


async def payment_payloads(wallet: Wallet, user_id: str, payments: Iterable[Payment]) -> list[payloads.Payment]:
    """Payments of one user, each with its card and its true cause."""
    cards = await _cards_of(wallet, user_id)
    return [
        payloads.Payment(
            id=payment.id,
            amount=payment.amount,
            merchant=payment.merchant,
            card=cards[payment.card_id] if payment.card_id else None,
            status=payment.status,
            cause=payment.cause,
            device=payment.device,
            created_at=payment.created_at,
            result_expected_by=payment.result_expected_by,
        )
        for payment in payments
    ]


async def topup_payloads(wallet: Wallet, user_id: str, topups: Iterable[Topup]) -> list[payloads.Topup]:
    """Top-ups of one user, each with its card and its true cause."""
    cards = await _cards_of(wallet, user_id)
    return [
        payloads.Topup(
            id=topup.id,
            amount=topup.amount,
            fee=topup.fee,
            channel=topup.channel,
            card=cards[topup.card_id] if topup.card_id else None,
            status=topup.status,
            cause=topup.cause,
            created_at=topup.created_at,
            result_expected_by=topup.result_expected_by,
        )
        for topup in topups
    ]


async def transfer_payloads(
    wallet: Wallet, user_id: str, transfers: Iterable[Transfer | Withdrawal]
) -> list[payloads_of_transfers.Transfer]:
    """Transfers and withdrawals of one user, each with its true cause."""
    cards = await _cards_of(wallet, user_id)
    kind = payloads_of_transfers.TransferKind
    return [
        payloads_of_transfers.Transfer(
            id=transfer.id,
            kind=kind.WALLET if isinstance(transfer, Transfer) else kind.WITHDRAWAL,
            amount=transfer.amount,
            fee=transfer.fee,
            recipient_masked=transfer.recipient_masked if isinstance(transfer, Transfer) else None,
            card=cards[transfer.card_id] if transfer.card_id else None,
            status=transfer.status,
            cause=transfer.cause,
            created_at=transfer.created_at,
            result_expected_by=transfer.result_expected_by,
        )
        for transfer in transfers
    ]


async def refund_payloads(wallet: Wallet, user_id: str, refunds: Iterable[Refund]) -> list[payloads_of_refunds.Refund]:
    """Refunds of one user, each with the card it goes to."""
    cards = await _cards_of(wallet, user_id)
    return [
        payloads_of_refunds.Refund(
            id=refund.id,
            payment_id=refund.payment_id,
            merchant=refund.merchant,
            amount=refund.amount,
            status=refund.status,
            reason=refund.reason,
            rejection=refund.rejection,
            requested_at=refund.requested_at,
            decided_at=refund.decided_at,
            expected_by=refund.expected_by,
            card=cards[refund.card_id] if refund.card_id else None,
        )
        for refund in refunds
    ]


def card_payload(wallet: Wallet, card: BankCard) -> payloads.Card:
    """A card as it stands today."""
    state = card.state_on(wallet.days.day_of(wallet.now()))
    return payloads.Card(card.id, wallet.texts.bank(card.bank), card.last_four, card.kind, state, card.expires)


def as_told(movement: P) -> P:
    """The movement with the cause its user may hear."""
    return replace(movement, cause=cause_to_tell(movement.cause) if movement.cause else None)


async def _cards_of(wallet: Wallet, user_id: str) -> Mapping[str, payloads.Card]:
    async with wallet.storage.reading() as unit:
        cards = await unit.cards.all_of(user_id)
    return {card.id: card_payload(wallet, card) for card in cards}
