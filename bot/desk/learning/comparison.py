"""What speaks for or against learning words: the training data, and what is in the review set. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.learning.corrections import Correction
from bot.utterances.known import Known
from bot.utterances.utterance import folded

# With these the words are kept out of the set; the rest is told and left to the lead.
REFUSALS = frozenset(
    {"known", "nearly_known", "contradicts", "contradicts_set", "empty", "too_long", "secret", "personal"}
)


@dataclass(frozen=True)
class Remark:
    """One thing to know: the name of a text, and what it is filled in with."""

    name: str
    intent: str = ""
    words: str = ""
    by: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether the words are kept out of the set."""
        return self.name in REFUSALS


def remarks_on(words: str, intent: str, known: Known, in_set: Iterable[Correction]) -> list[Remark]:
    """What is known of words that shall have this intent, or an empty one that is yet to be chosen."""
    of_set = _of_set(words, intent, in_set) if intent else ()
    return [*_of_training(words, intent, known), *of_set]


def _of_training(words: str, intent: str, known: Known) -> Iterable[Remark]:
    for alike in known.alike(words):
        told = alike.utterance
        if told.intent == intent:
            if alike.is_same:
                yield Remark("known", intent)
            elif alike.is_nearly_same:
                yield Remark("nearly_known", intent, told.text)
        elif alike.is_same:
            yield Remark("contradicts" if intent else "taught", told.intent)
        else:
            yield Remark("like_other", told.intent, told.text)


def _of_set(words: str, intent: str, in_set: Iterable[Correction]) -> Iterable[Remark]:
    same = folded(words)
    for correction in in_set:
        if correction.intent != intent and folded(correction.words) == same:
            yield Remark("contradicts_set", correction.intent, by=correction.by)
            return
