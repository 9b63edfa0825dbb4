"""How much is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice


@dataclass(frozen=True)
class Plan:
    """``rounds`` of each system by turns; ``conversations`` of a round by how many users talk at once."""

    name: str
    rounds: int
    conversations: dict[int, int]
    long_conversations: int

    def scripts(self, names: Sequence[str], users: int) -> list[str]:
        """The scripts to play with so many users, in order: every script equally often, or nearly so."""
        return list(islice(cycle(names), self.conversations[users]))


FULL = Plan("full", rounds=3, conversations={1: 24, 8: 40, 32: 96}, long_conversations=2)
QUICK = Plan("quick", rounds=1, conversations={1: 8, 8: 16}, long_conversations=1)
