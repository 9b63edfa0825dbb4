"""Channels refuse what they do not take."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from wallet.contract.causes import Cause
from wallet.contract.payloads import CardKind, Incident, LocalizedText, TopupChannel
from wallet.domain.channels import refusal_by_channel
from wallet.domain.currency import yuan

WORDS = LocalizedText("字", "words")
OPEN = Incident("inc_1", "c", WORDS, datetime(2026, 3, 12, tzinfo=timezone.utc), None)
DEBIT_ONLY = TopupChannel("c", WORDS, True, [CardKind.DEBIT], yuan(10), yuan(1_000), None)
WITHOUT_CARD = replace(DEBIT_ONLY, card_kinds=[])


@pytest.mark.parametrize(
    ("channel", "amount", "card", "cause"),
    [
        (DEBIT_ONLY, 10, CardKind.DEBIT, None),
        (DEBIT_ONLY, 1_000, CardKind.DEBIT, None),
        (DEBIT_ONLY, 100, CardKind.CREDIT, Cause.CHANNEL_UNSUPPORTED),
        (WITHOUT_CARD, 100, None, None),
        (WITHOUT_CARD, 100, CardKind.DEBIT, Cause.CHANNEL_UNSUPPORTED),
        (DEBIT_ONLY, 9, CardKind.DEBIT, Cause.BELOW_MINIMUM),
        (DEBIT_ONLY, 1_001, CardKind.DEBIT, Cause.ABOVE_MAXIMUM),
        (replace(DEBIT_ONLY, enabled=False), 100, CardKind.DEBIT, Cause.CHANNEL_DOWN),
        (replace(DEBIT_ONLY, incident=OPEN), 100, CardKind.CREDIT, Cause.CHANNEL_DOWN),
    ],
)
def test_a_channel_says_why_it_refuses(
    channel: TopupChannel, amount: int, card: CardKind | None, cause: Cause | None
) -> None:
    assert refusal_by_channel(channel, yuan(amount), card) is cause
