"""The widget cuts what the server cuts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from bot.privacy.patterns import published
from bot.privacy.redact import redact
from tests.fakes.secrets import generate
from tests.unit.bot.privacy.cases import LEFT_ALONE, TO_BE_CUT

_SCRIPT = Path(__file__).parents[4] / "bot" / "widget" / "secrets.js"
_ADDRESS = "http://widget.test/"
_REDACT_ALL = """async ([address, patterns, texts]) => {
    const { makeRedactor } = await import(address);
    return texts.map(makeRedactor(patterns));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that can load the script."""

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(body=_SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
        else:
            route.fulfill(body="<!doctype html><title>empty</title>", content_type="text/html")

    opened = browser.new_page()
    opened.route("**/*", answer)
    opened.goto(_ADDRESS)
    yield opened
    opened.close()


def _in_the_browser(page: Page, texts: list[str]) -> list[dict[str, Any]]:
    return list(page.evaluate(_REDACT_ALL, [f"{_ADDRESS}secrets.js", published(), texts]))


def _on_the_server(texts: list[str]) -> list[dict[str, Any]]:
    return [{"text": left.text, "kinds": sorted(left.kinds)} for left in map(redact, texts)]


def test_the_browser_agrees_on_every_case(page: Page) -> None:
    texts = [*LEFT_ALONE, *(typed for typed, _, _ in TO_BE_CUT)]
    assert _in_the_browser(page, texts) == _on_the_server(texts)


def test_the_browser_agrees_on_secrets_typed_in_any_way(page: Page) -> None:
    sentences = [typed.sentence for typed in generate(400, seed=11)]
    texts = [
        *sentences,
        *map("。".join, pairwise(sentences)),
        *(f"😀\u200b{s}" for s in sentences),
    ]
    assert _in_the_browser(page, texts) == _on_the_server(texts)
