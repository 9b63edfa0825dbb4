"""Phone numbers as they are typed, and as they are dialled."""

from __future__ import annotations

import re

# What people put between the digits to read them more easily.
_SEPARATORS = str.maketrans("", "", " -()")
_HOME_CODE = re.compile(r"(\+|00)86(?=1[0-9]{10}$)")
# ITU-T E.164: fifteen digits at most; none that reaches a person has fewer than five.
_DIALLED = re.compile(r"\+?[0-9]{5,15}")


def as_dialled(typed: str) -> str | None:
    """The number without separators and, of a mobile of the country, without its code; None for what is none."""
    digits = _HOME_CODE.sub("", typed.translate(_SEPARATORS))
    return digits if _DIALLED.fullmatch(digits) else None
