"""How the simulated outside recognises a number without keeping it."""

from __future__ import annotations

from collections.abc import Callable

# Of a purpose, a salt and a text.
Fingerprint = Callable[[str, str, str], str]
