"""A message as the patterns read it, every character at its place."""

from __future__ import annotations

import re

from bot.nlu.simplified import to_simplified_in_place

# Folded one by one they keep their places, which neither NFKC nor lower() promises. The comma parts numbers in Chinese.
_PLAIN = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != ord("，")},
    **{ord(capital): ord(capital) + 32 for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{ord(capital) + 0xFEE0: ord(capital) + 32 for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **dict.fromkeys(map(ord, "\u3000\xa0\t"), ord(" ")),
    **dict.fromkeys(map(ord, "’‘"), ord("'")),
}
# Between full-width digits it groups thousands.
_GROUPING_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold_in_place(text: str) -> str:
    """Half-width, lower case, simplified."""
    return to_simplified_in_place(_GROUPING_COMMA.sub(",", text).translate(_PLAIN))
