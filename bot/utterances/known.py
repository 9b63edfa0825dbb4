"""What the training data holds: whether it knows words already, or nearly the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.utterances.utterance import Utterance, folded

# Of the pairs of characters that two texts have, the share they have in common: 1 for the same letters.
NEAR = 0.8
NEARLY_THE_SAME = 0.9
_MOST = 3
_ALMOST = 0.99


class Alike(NamedTuple):
    """An utterance that is like a text, and how much: from NEAR to 1."""

    utterance: Utterance
    likeness: float

    @property
    def is_same(self) -> bool:
        """Whether it has the very same letters and digits."""
        return self.likeness == 1.0

    @property
    def is_nearly_same(self) -> bool:
        """Whether the difference teaches nothing."""
        return self.likeness >= NEARLY_THE_SAME


class Known:
    """Utterances, made ready to be compared with."""

    def __init__(self, utterances: Iterable[Utterance]) -> None:
        self.by_words: dict[str, list[Utterance]] = {}
        for utterance in utterances:
            self.by_words.setdefault(folded(utterance.text), []).append(utterance)
        # By how many pairs they have: two texts of very different size are never alike.
        self._sized = sorted(self.by_words, key=len)
        self._sizes = [len(words) - 1 for words in self._sized]

    def __len__(self) -> int:
        return sum(map(len, self.by_words.values()))

    @property
    def intents(self) -> list[str]:
        """The names of all intents, in order."""
        return sorted({utterance.intent for same in self.by_words.values() for utterance in same})

    def same_as(self, text: str) -> Sequence[Utterance]:
        """The utterances with the same letters and digits."""
        return self.by_words.get(folded(text), ())

    def alike(self, text: str, most: int = _MOST) -> list[Alike]:
        """The utterances most like a text, the likest first; of each intent only the likest."""
        words = folded(text)
        found = [Alike(utterance, 1.0) for utterance in self.by_words.get(words, ())]
        for likeness, other in self._near(words):
            found += [Alike(utterance, likeness) for utterance in self.by_words[other]]
        likest: dict[str, Alike] = {}
        for each in sorted(found, key=lambda each: -each.likeness):
            likest.setdefault(each.utterance.intent, each)
        return list(likest.values())[:most]

    def _near(self, words: str) -> list[tuple[float, str]]:
        pairs = [words[place : place + 2] for place in range(len(words) - 1)]
        size = len(pairs)
        first = bisect_left(self._sizes, size * NEAR / (2 - NEAR))
        last = bisect_right(self._sizes, size * (2 - NEAR) / NEAR)
        found = []
        for other in self._sized[first:last] if size else ():
            likeness = 2 * sum(pair in other for pair in pairs) / (size + len(other) - 1)
            # Texts of the same pairs in another order are not the same words.
            if likeness >= NEAR and other != words:
                found.append((min(likeness, _ALMOST), other))
        return found
