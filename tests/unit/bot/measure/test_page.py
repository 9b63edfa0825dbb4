"""The page: everything on it is its own, and an utterance is nothing but text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from bot.measure.page import page_of, shade
from bot.measure.report import Source, measure
from bot.measure.rows import NOTHING, Row
from bot.measure.wording import Words
from tests.unit.bot.measure.made import SIX, row

EVIL = "</script><script>alert('x')</script><img src=x onerror=alert(1)>\"&"


class Read(HTMLParser):
    """Counts the elements of a page, and keeps its texts and the addresses it names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kinds.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page(rows: list[Row], language: str = "en", source: Source | None = None) -> str:
    return page_of(measure(rows, source=source), rows, Words(language))


def test_an_utterance_is_shown_and_never_becomes_markup() -> None:
    harmless, evil = (Read(page([row("a", "b", text=text)])) for text in ("harmless", EVIL))

    assert evil.kinds == harmless.kinds
    assert EVIL in evil.texts


def test_a_file_s_and_a_model_s_name_never_become_markup() -> None:
    read = Read(page([row("a")], source=Source(EVIL, None, (EVIL,))))

    assert read.kinds.count("script") == 2
    assert "img" not in read.kinds


def test_the_rows_stand_there_for_the_cells_to_show() -> None:
    rows = [row("a", "b", 0.5, text=EVIL, understood=False, language="zh")]
    data = re.search(r'<script type="application/json" id="rows">(.*?)</script>', page(rows))

    assert data
    assert json.loads(data[1]) == [[EVIL, "a", "b", 0.5, False, "zh"]]


def test_nothing_comes_from_elsewhere_and_nothing_else_may_run() -> None:
    shown = page(SIX)

    assert Read(shown).addresses == []
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in shown
    assert "unsafe" not in shown
    assert "url(" not in shown


@pytest.mark.parametrize(
    ("language", "tag", "title"), [("zh", "zh-CN", "听懂了多少"), ("en", "en", "How well the bot")]
)
def test_the_page_speaks_the_language_it_was_asked_for(language: str, tag: str, title: str) -> None:
    shown = page(SIX, language)

    assert f'<html lang="{tag}">' in shown
    assert title in shown


def test_each_language_has_a_card_and_a_part() -> None:
    shown = page([row("a", language="zh"), row("a", language="en")])

    for name in ("all", "zh", "en"):
        assert f'data-summary="{name}"' in shown
        assert f'data-part="{name}"' in shown


def test_lines_of_one_language_leave_nothing_to_choose() -> None:
    assert "data-show=" not in page([row("a", language="zh")])


def test_a_cell_of_the_matrix_tells_what_it_counts() -> None:
    shown = page([*SIX, row("a", NOTHING, 0.0)])

    assert 'aria-label="a taken for b: 1"' in shown
    assert 'aria-label="a understood: 2"' in shown
    assert 'aria-label="a taken for (none): 1"' in shown


@pytest.mark.parametrize(("count", "of", "strength"), [(0, 9, 0), (1, 1000, 1), (5, 10, 5), (51, 100, 6), (7, 7, 10)])
def test_a_cell_is_coloured_by_its_share_of_the_row(count: int, of: int, strength: int) -> None:
    assert shade(count, of) == strength
