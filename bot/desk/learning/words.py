"""The words of a line that are learned: without what is the user's own. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.desk.pages.personal import mask_personal, without_personal
from bot.privacy.redact import redact
from bot.utterances.utterance import LONGEST, as_example

_GAP = re.compile(r" (?=[,.!?;:\u3001\u3002\uff0c\uff01\uff1b\uff1a\uff1f])")


@dataclass(frozen=True)
class Proposal:
    """What is proposed to be learned, and whether something was cut out of the line for it."""

    words: str
    is_cut: bool


def proposed(text: str, user_id: str | None) -> Proposal:
    """The words of a line less its ids, numbers, addresses and secrets."""
    whole = as_example(text)
    kept = as_example(without_personal(redact(whole).text, user_id))
    # Where something stood before a comma, the comma follows the word before it.
    return Proposal(whole[:LONGEST], False) if kept == whole else Proposal(_GAP.sub("", kept)[:LONGEST], True)


def problem_of(words: str, user_id: str | None) -> str | None:
    """Why words cannot be learned: the name of a text, None where they can."""
    if not words:
        return "empty"
    if len(words) > LONGEST:
        return "too_long"
    if redact(words).kinds:
        return "secret"
    return "personal" if mask_personal(words, user_id) != words else None
