"""The widget stays small: it is loaded into somebody else's page."""

from __future__ import annotations

import gzip
from pathlib import Path

_FOLDER = Path("bot/widget")
_MOST_BYTES = 30_000


def test_the_widget_is_below_30_kb_over_the_wire() -> None:
    files = sorted(file for file in _FOLDER.rglob("*") if file.suffix in (".js", ".css"))
    assert files
    together = gzip.compress(b"".join(file.read_bytes() for file in files))
    assert len(together) < _MOST_BYTES, f"{len(together)} bytes"
