"""What may be private is cut out of words that others wrote; what went wrong can still be read."""

from __future__ import annotations

import pytest

from bot.telemetry.masking import masked


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("call 13912345678 back", "call … back"),
        ("card 4111 1111 1111 1111 refused", "card … refused"),
        ("Key (email)=(li@example.com) already exists.", "Key … already exists."),
        ("KeyError: 'my password is rain'", "KeyError: …"),
        ('invalid literal: "turn 9"', "invalid literal: …"),
        ("token 3f9c2a7b1d8e4f6091a2b3c4d5e6f708 expired", "token … expired"),
        ("text=付款失败了 lost", "text=… lost"),
    ],
)
def test_what_may_be_private_is_cut_out(words: str, left: str) -> None:
    assert masked(words) == left


@pytest.mark.parametrize(
    "words", ["database is locked", "[Errno 28] No space left on device", "listens @ http://127.0.0.1:5005"]
)
def test_what_went_wrong_can_still_be_read(words: str) -> None:
    assert masked(words) == words
