"""How far reviewers agree who have judged the same conversations, also beyond what chance would make them. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

# Below so many conversations a share says little; it is shown with a mark.
FEW = 30

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """What one reviewer made of one conversation."""

    conversation_id: str
    reviewer: str
    verdict: str


@dataclass(frozen=True)
class Agreement:
    """Of ``count`` conversations ``equal`` had the same verdict twice.

    ``kappa`` is Cohen's, from -1 to 1: 0 is what chance would bring about; None where nothing else was possible,
    because no more than one verdict was ever given.
    """

    count: int
    equal: int
    kappa: float | None

    @property
    def share(self) -> float:
        """The share of equal verdicts, from 0 to 1."""
        return self.equal / self.count

    @property
    def is_of_few(self) -> bool:
        """Whether it rests on too little to say much."""
        return self.count < FEW


def agreement_of(verdicts: Sequence[Pair]) -> Agreement | None:
    """The agreement in these verdicts, each the first and the second reviewer's of one conversation; None of none."""
    if not verdicts:
        return None
    count, equal = len(verdicts), sum(first == second for first, second in verdicts)
    firsts, seconds = (Counter(each) for each in zip(*verdicts, strict=True))
    by_chance = sum(firsts[verdict] * seconds[verdict] for verdict in firsts)
    # As whole numbers: a difference of nothing must be nothing.
    possible = count * count - by_chance
    return Agreement(count, equal, (count * equal - by_chance) / possible if possible else None)


def agreement_by_pair(judged: Iterable[Judged]) -> dict[Pair, Agreement]:
    """The agreement of each two reviewers who have judged the same conversations, most conversations first."""
    found = {pair: agreement_of(verdicts) for pair, verdicts in _by_pair(judged).items()}
    known = {pair: agreement for pair, agreement in found.items() if agreement}
    return dict(sorted(known.items(), key=lambda each: (-each[1].count, each[0])))


def agreement_of_all(judged: Iterable[Judged]) -> Agreement | None:
    """The agreement over all pairs; who of two is the first has no meaning there, so each counts both ways round."""
    verdicts = [pair for pairs in _by_pair(judged).values() for pair in pairs]
    both_ways = agreement_of([*verdicts, *((second, first) for first, second in verdicts)])
    return both_ways and Agreement(len(verdicts), both_ways.equal // 2, both_ways.kappa)


def _by_pair(judged: Iterable[Judged]) -> dict[Pair, list[Pair]]:
    of_conversation: dict[str, dict[str, str]] = defaultdict(dict)
    for each in judged:
        of_conversation[each.conversation_id][each.reviewer] = each.verdict
    pairs: dict[Pair, list[Pair]] = defaultdict(list)
    for verdicts in of_conversation.values():
        for one, other in combinations(sorted(verdicts), 2):
            pairs[one, other].append((verdicts[one], verdicts[other]))
    return pairs
