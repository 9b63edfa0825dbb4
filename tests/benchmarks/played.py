"""What came of playing scripts: each turn with its time, as one process writes it and another reads it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class PlayedTurn:
    """``number`` counts from 1, ``seconds`` until the answer was there, ``ended`` since playing began."""

    script: str
    number: int
    seconds: float
    ended: float
    said: str | None


@dataclass(frozen=True)
class Played:
    """Every turn, and the seconds during which every user was talking: then the first had nothing left to play."""

    busy_seconds: float
    turns: tuple[PlayedTurn, ...]

    @property
    def busy_turns(self) -> list[PlayedTurn]:
        """The turns that ended while every user was talking. The others met a bot with less to do."""
        return [turn for turn in self.turns if turn.ended <= self.busy_seconds]

    @property
    def unanswered(self) -> int:
        """How many turns got no answer."""
        return sum(turn.said is None for turn in self.turns)

    def as_json(self) -> str:
        """The text that ``from_json`` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Played:
        """What another process wrote."""
        content = json.loads(text)
        return cls(content["busy_seconds"], tuple(PlayedTurn(**turn) for turn in content["turns"]))
