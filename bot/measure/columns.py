"""Text for a terminal: columns that line up where a Chinese character is two wide, and nothing a terminal obeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from wcwidth import ljust, rjust, width

_GAP = "  "
# Characters that move the cursor, recolour the screen or turn the reading direction: an utterance must not.
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of cells as lines: the first cell to the left, figures to the right."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = [ljust(name, widths[0]), *(rjust(cell, wide) for cell, wide in zip(figures, widths[1:], strict=True))]
        yield _GAP.join(cells).rstrip()


def one_line(text: str) -> str:
    """The text on one line, with a mark for each character that a terminal would obey."""
    joined = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(character) in _OBEYED else character for character in joined)
