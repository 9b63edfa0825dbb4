"""One line of a user with what it means, and when two of them say the same. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LANGUAGES = ("zh", "en")
# Longer ones tell a story; the bot reads those sentence by sentence.
LONGEST = 500
# Controls, halves of pairs and what is no character: YAML takes none of them.
_UNWRITABLE = ("Cc", "Cs", "Cn")
_BYTE_ORDER_MARK = "\ufeff"
# Rasa reads an annotated entity in square brackets.
_ROUND = str.maketrans("[]", "()")


@dataclass(frozen=True)
class Utterance:
    """Words of a user, the intent they have, the language they are in, and where they stand if they stand in a file."""

    text: str
    intent: str
    language: str
    place: str = ""


def as_example(text: str) -> str:
    """The text on one line, as an example of the training data can hold it."""
    written = (" " if _is_unwritable(character) else character for character in text)
    return " ".join("".join(written).translate(_ROUND).split())


def folded(text: str) -> str:
    """What is compared: letters and digits alone, half-width and in lower case; a text without any stays itself."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded)) or folded.strip()


def _is_unwritable(character: str) -> bool:
    return character == _BYTE_ORDER_MARK or unicodedata.category(character) in _UNWRITABLE
