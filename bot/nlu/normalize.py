"""One spelling for the classifier: what two people type differently and mean alike becomes the same text."""

from __future__ import annotations

import re
import unicodedata

from bot.nlu.simplified import to_simplified
from bot.nlu.spelling import spelling

# The hyphens may be missing in one that has a digit; more characters than it has are taken too, so that levelling
# what stands in it never makes one of what was none.
_CASE_NUMBER = re.compile(
    r"(?<![0-9a-z])(?:wh-[0-9a-z]{4,}-[0-9a-z]{4,}|wh-?(?=[a-z-]{0,64}\d)[0-9a-z]{4,}-?[0-9a-z]{4,})(?![0-9a-z])"
)
_LONG_NUMBER = re.compile(r"(?<![a-z\d])\d[\d,.]*\d|\d\d+")
_REPEATED = re.compile(r"([^\d\s])\1{2,}")
_KEPT_SIGNS = "'/%&"
# Signs, pictures, control and invisible characters say nothing. Currency signs do: they are of category Sc.
_BLANK_CATEGORIES = ("P", "Z", "C", "Sm", "So", "Sk")
_VARIATION_SELECTORS = "\ufe0e\ufe0f"


class _Blanks(dict[int, int]):
    """For str.translate: a character as it is or as a blank, looked up once."""

    def __missing__(self, code: int) -> int:
        character = chr(code)
        is_blank = unicodedata.category(character).startswith(_BLANK_CATEGORIES) or character in _VARIATION_SELECTORS
        self[code] = ord(" ") if is_blank and character not in _KEPT_SIGNS else code
        return self[code]


_BLANKS = _Blanks()


def normalize(text: str) -> str:
    """The text as the classifier reads it: half-width, lower case, simplified, usual typos mended, numbers levelled.

    It is for the classifier alone: the message keeps its own text. Folding the full-width slash there would turn
    what a user typed back into a command. Once normalised, a text stays as it is.
    """
    text = _fold(text)
    text = _CASE_NUMBER.sub(" casenumber ", text)
    text = _LONG_NUMBER.sub("00", text)
    words = " ".join(text.translate(_BLANKS).split())
    if not words:
        return spelling().read_pictures(text) or ""
    if not words.isascii():
        words = spelling().mend_chinese(to_simplified(words))
    return spelling().mend_english(_REPEATED.sub(r"\1\1", words))


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    # What is lower case may compose anew.
    lower = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("‘", "'")
    return unicodedata.normalize("NFKC", lower.encode("utf-8", "replace").decode("utf-8"))
