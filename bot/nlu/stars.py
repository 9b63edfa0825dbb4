"""How many stars a rating gives, one to five."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.found import Found

_STARS = re.compile(
    r"(?<![\d.十百])([1-5]|[一二三四五]|\b(?:one|two|three|four|five)\b)"
    r"\s{0,3}(?:分(?![钟期钱之])|星(?!期|手机|的?手机|pay|galaxy)|颗星|stars?\b|/\s{0,3}5(?!\d)|out of)",
    re.ASCII,
)
_BARE = re.compile(r"([1-5]|[一二三四五]|one|two|three|four|five)\s{0,3}[.。!！]?", re.ASCII)
_LONGEST_BARE = 12
_VALUES = {
    word: str(number)
    for number, words in enumerate(("一 one", "二 two", "三 three", "四 four", "五 five"), 1)
    for word in words.split()
}


def find_stars(text: str) -> Iterator[Found]:
    """The rating, if the folded text gives one."""
    found = _STARS.search(text)
    if len(bare := text.strip()) <= _LONGEST_BARE and _BARE.fullmatch(bare):
        found = _BARE.search(text)
    if found:
        word = found[1]
        yield Found(found.start(1), found.end(1), _VALUES.get(word, word))
