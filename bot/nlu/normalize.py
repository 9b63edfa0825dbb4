"""One spelling for the classifier: what two people type differently and mean alike becomes the same text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import opencc
import yaml

SPELLING_FILE = Path(__file__).with_name("spelling.yml")

_REPEATED = re.compile(r"([^\d\s])\1{2,}")
_PUNCTUATION = re.compile(r"[。，、！？；：“”‘’（）《》【】…~～!?,.;:\"()<>*_#@^|\\+=-]+")
_CASE_NUMBER = re.compile(r"\bwh-?[0-9a-z]{4}-?[0-9a-z]{4}\b", re.ASCII)
_LONG_NUMBER = re.compile(r"\d[\d,.]*\d")
_BLANK = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1)
def _spelling() -> tuple[re.Pattern[str], dict[str, str]]:
    variants = {
        variant: spelling
        for spelling, written in yaml.safe_load(SPELLING_FILE.read_text(encoding="utf-8")).items()
        for variant in written
    }
    latin = "|".join(rf"\b{re.escape(word)}\b" for word in variants if word.isascii())
    chinese = "|".join(re.escape(word) for word in variants if not word.isascii())
    # ASCII: otherwise a Chinese character counts as part of a word, and 我login不了 keeps its login.
    return re.compile(f"{latin}|{chinese}", re.ASCII), variants


def normalize(text: str) -> str:
    """The text as the classifier reads it: half-width, lower case, simplified, usual typos mended, numbers levelled.

    It is for the classifier alone: the message keeps its own text. Folding the full-width slash there would turn
    what a user typed back into a command.
    """
    # Half of a surrogate pair, which JSON can bring, is no character that OpenCC could read.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = _to_simplified().convert(text)
    pattern, variants = _spelling()
    text = pattern.sub(lambda found: variants[found.group()], text)
    text = _CASE_NUMBER.sub(" casenumber ", text)
    text = _LONG_NUMBER.sub("00", text)
    text = _REPEATED.sub(r"\1\1", text)
    text = _PUNCTUATION.sub(" ", text)
    text = "".join(" " if unicodedata.category(character) in ("So", "Sk", "Cf") else character for character in text)
    return _BLANK.sub(" ", text).strip()
