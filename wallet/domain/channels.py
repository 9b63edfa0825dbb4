"""Top-up channels: what they take, and when they take nothing."""

from __future__ import annotations

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import CardKind, TopupChannel


def refusal_by_channel(channel: TopupChannel, amount: Money, card_kind: CardKind | None) -> Cause | None:
    """Why a channel does not take a top-up, None if it does."""
    if not channel.enabled or channel.incident is not None:
        return Cause.CHANNEL_DOWN
    if card_kind is not None and card_kind not in channel.card_kinds:
        return Cause.CHANNEL_UNSUPPORTED
    if amount < channel.minimum:
        return Cause.BELOW_MINIMUM
    if amount > channel.maximum:
        return Cause.ABOVE_MAXIMUM
    return None
