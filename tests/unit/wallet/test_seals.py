"""Secrets under seal."""

from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken

from wallet.services.seals import Seals


def test_what_is_sealed_is_read_again_and_says_nothing_meanwhile() -> None:
    seals = Seals("a secret of the settings")
    sealed = seals.seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert seals.open(sealed) == "JBSWY3DPEHPK3PXP"
    assert seals.seal("JBSWY3DPEHPK3PXP") != sealed


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(InvalidToken):
        Seals("another").open(Seals("one").seal("text"))


def test_a_fingerprint_is_the_same_for_the_same_text_purpose_salt_and_secret_only() -> None:
    seals = Seals("one")
    first = seals.fingerprint("card", "chen", "text")
    others = [
        seals.fingerprint("card", "chen", "text "),
        seals.fingerprint("card", "li", "text"),
        seals.fingerprint("identity", "chen", "text"),
        Seals("two").fingerprint("card", "chen", "text"),
    ]
    assert seals.fingerprint("card", "chen", "text") == first
    assert first not in others
