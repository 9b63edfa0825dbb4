"""What the model made of one labelled line."""

from __future__ import annotations

from dataclasses import dataclass

UNDECIDED = "undecided"
NOTHING = "(none)"


@dataclass(frozen=True)
class Row:
    """``gold`` is what people said it means, ``predicted`` what the model puts first, NOTHING for a text without words.

    ``understood`` tells whether the bot would act on it rather than ask back; ``seconds`` is what parsing took.
    """

    text: str
    gold: str
    predicted: str
    confidence: float
    ranking: tuple[str, ...]
    understood: bool
    language: str = UNDECIDED
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether the model puts first what people did."""
        return self.predicted == self.gold
