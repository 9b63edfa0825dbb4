"""Hand-overs that the bot keeps as files until the desk has them; one that was refused stays there for good."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WITHDRAWN = "-withdrawn"  # after the number, of a hand-off that its user has taken back


@dataclass(frozen=True)
class Packet:
    """A file that waits: the number of its hand-off, and of the rest what it tells."""

    path: Path
    number: str
    conversation_id: str | None
    user_id: str | None


def packets(folder: Path) -> list[Packet]:
    """All that waits there, and what was refused or not written to its end."""
    found = (_read(path) for path in sorted(folder.glob("*")) if path.is_file())
    return [packet for packet in found if packet is not None]


def of(folder: Path, user_id: str | None, conversations: Collection[str], numbers: Collection[str]) -> list[Packet]:
    """What waits of a user, of conversations, or of hand-offs."""
    return [
        packet
        for packet in packets(folder)
        if (user_id is not None and packet.user_id == user_id)
        or packet.conversation_id in conversations
        or packet.number in numbers
    ]


def remove(found: Collection[Packet]) -> int:
    """Remove files; how many. One that was delivered meanwhile is the desk's by now."""
    for packet in found:
        packet.path.unlink(missing_ok=True)
    return len(found)


def _read(path: Path) -> Packet | None:
    try:
        said: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        said = {}
    if not isinstance(said, dict):
        said = {}
    # What cannot be read is still named after its hand-off.
    number = str(said.get("number") or path.stem.removesuffix(_WITHDRAWN))
    return Packet(path, number, said.get("conversation_id"), said.get("user_id"))
