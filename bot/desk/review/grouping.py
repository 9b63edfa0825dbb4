"""Puts lines that are alike into groups, by average linkage: the two groups most alike become one, again and again.

Measured with labelled lines of real users that the bot was unsure of: see the README.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from bot.desk.review.features import Said, spelling, weigh
from bot.desk.review.likeness import alike

# Two groups become one while their lines are alike by this much on average; pairs below the second count as nothing.
ALIKE, SOMEWHAT_ALIKE = 0.25, 0.2


def group(lines: Sequence[Said]) -> list[list[int]]:
    """The places of lines that are alike, in groups: each line in one, the largest group first, places rising."""
    same: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        same.setdefault(spelling(line.text), []).append(place)
    distinct = list(same.values())
    linked = _link(alike(weigh([lines[places[0]] for places in distinct]), SOMEWHAT_ALIKE))
    groups = [sorted(place for each in members for place in distinct[each]) for members in linked]
    return sorted(groups, key=lambda places: (-len(places), places))


def _link(near: list[dict[int, float]]) -> list[list[int]]:
    """Groups of places. ``near`` holds the sum of likeness between two groups, of one line each at first."""
    members: list[list[int]] = [[place] for place in range(len(near))]
    pairs = [(-each, one, two) for one, others in enumerate(near) for two, each in others.items() if one < two]
    heap = [pair for pair in pairs if -pair[0] >= ALIKE]
    heapq.heapify(heap)
    while heap:
        negative, one, two = heapq.heappop(heap)
        total = near[one].get(two)
        # Else one of them has grown, or is gone, since this was put in.
        if total is None or total / (len(members[one]) * len(members[two])) != -negative:
            continue
        if len(near[one]) < len(near[two]):
            one, two = two, one
        _join(near, members, one, two)
        for other, total in near[one].items():
            average = total / (len(members[one]) * len(members[other]))
            if average >= ALIKE:
                heapq.heappush(heap, (-average, min(one, other), max(one, other)))
    return [each for each in members if each]


def _join(near: list[dict[int, float]], members: list[list[int]], one: int, two: int) -> None:
    members[one] += members[two]
    members[two] = []
    of_two = near[two]
    near[two] = {}
    del near[one][two], of_two[one]
    for other, total in of_two.items():
        del near[other][two]
        near[one][other] = near[other][one] = near[one].get(other, 0) + total
