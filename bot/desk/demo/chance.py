"""Chance that comes out the same for the same seed."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

Option = TypeVar("Option")

_SPREAD = 0.6  # of waiting times: two thirds lie between about half and double the median
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # of hand-off numbers


class Weights(Generic[Option]):
    """Options, each as likely as its weight among all."""

    def __init__(self, weights: Mapping[Option, float]) -> None:
        self.options = list(weights)
        self.reached = list(accumulate(weights.values()))


class Chance(random.Random):
    """Draws of every kind that a conversation needs."""

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.random() < share

    def one_of(self, options: Sequence[Option]) -> Option:
        """Any of the options, all equally likely."""
        return options[int(self.random() * len(options))]

    def by_weight(self, weights: Weights[Option]) -> Option:
        """One of the options by their weights."""
        reached = weights.reached
        return weights.options[bisect(reached, self.random() * reached[-1], hi=len(reached) - 1)]

    def seconds(self, median: float) -> float:
        """How long somebody takes: mostly about the median, now and then much longer."""
        return median * self.lognormvariate(0, _SPREAD)

    def message_id(self) -> str:
        """An id as a client makes it: a UUID of version 4."""
        digits = f"{self.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def handoff_number(self) -> str:
        """A number as the bot makes it."""
        bits = self.getrandbits(40)
        digits = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(8))
        return f"WH-{digits[:4]}-{digits[4:]}"
