"""Long and odd messages are read in a time that grows with their length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from bot.nlu.entities import extract_entities
from bot.nlu.language import detect_language
from bot.nlu.normalize import normalize

# Each repeated may be what a pattern stumbles over again and again.
UNITS = (
    *("a", " ", "1", "1 ", "1,", "1.", "1-", "12:", "一", "一百", "1元", "code ", "wh-", "two ", "nov ", "half an "),
    *("5 ", "pay_", "a-", "at 5 ", "周一", "三天前", "¥", "for a day ", "13800138000 ", "付款失败了", "貝", "👍", "\0"),
    *("\ud800", "error code" + " " * 100, "5" + " " * 100),
)
SHORT, TIMES_LONGER = 400, 20
# A square would make it 400 times; other work on the machine does not make 20 to 130.
MOST_TIMES_DEARER = 130
READERS: list[Callable[[str], object]] = [normalize, extract_entities, detect_language]


def cost(read: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, the least of two."""
    costs = []
    for _ in range(2):
        begun = time.process_time()
        read(text)
        costs.append(time.process_time() - begun)
    return min(costs)


@pytest.mark.parametrize("read", READERS)
def test_no_repetition_makes_a_long_message_dear_out_of_proportion(read: Callable[[str], object]) -> None:
    read("付了6000块 hello")  # the tables are read once
    dear = []
    for unit in UNITS:
        short, long = ((unit * size)[:size] for size in (SHORT, SHORT * TIMES_LONGER))
        if cost(read, long) > MOST_TIMES_DEARER * max(cost(read, short), 1e-5):
            dear.append(unit)
    assert dear == []


@pytest.mark.parametrize("read", READERS)
def test_a_long_message_of_odd_characters_is_read(read: Callable[[str], object]) -> None:
    assert read("付款失败了 6000\0\ud800 today, " * 1_000)
