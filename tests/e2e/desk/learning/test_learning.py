"""A line that the bot misunderstood is corrected at the desk, learned in the project, and understood afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

from tests.e2e.desk.desk_page import DeskPage, hire
from tests.e2e.desk.learning.small_project import small_project
from tests.stack.processes import Stack
from tests.stack.widget import WidgetConversation

LINE, MEANT = "the dosh I shovelled across from my bank is nowhere to be seen", "topup_failure"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The small project, whose bot and desk serve."""
    with small_project(tmp_path_factory.mktemp("learning")) as stack:
        stack.run("bot", "train")
        stack.start("bot")
        stack.start("desk")
        try:
            yield stack
        finally:
            stack.stop_all()


def taken_for(stack: Stack, seq: int) -> str | None:
    """The intent that the bot took a line for."""
    engine = create_engine(stack.settings["HOTLINE_DATABASE_URL"], future=True)
    with engine.connect() as connection:
        name = connection.execute(text("select name from events where id = :seq"), {"seq": seq}).scalar()
    engine.dispose()
    return name


def test_a_misunderstood_line_is_corrected_learned_and_understood(
    stack: Stack, new_context: Callable[..., Any], tmp_path: Path
) -> None:
    guest = WidgetConversation(stack.url("bot"), language="en")
    misunderstood = guest.send(LINE)
    assert taken_for(stack, misunderstood) != MEANT

    desk = DeskPage(new_context("en", accept_downloads=True).new_page(), stack)
    desk.sign_in(hire(stack, "Han", "lead"))
    desk.visit("/conversations")
    desk.page.locator(f"a[href*='{guest.id}']").first.click()
    desk.expect_page("conversation")
    desk.page.locator(f"[hx-target='#correction-{misunderstood}']").click()
    desk.part("correction-find").fill("top-up fai")
    desk.part("correction-find").press("Enter")
    expect(desk.page.locator(f"[name=intent][value={MEANT}]")).to_be_checked()
    # What is said about the words stands beside the form, not in its place.
    desk.part("correction-words").fill("call me at 13812345678")
    expect(desk.part("remark")).to_have_attribute("data-remark", "personal")
    desk.part("correction-words").fill(LINE)
    desk.part("correction-keep").click()
    expect(desk.part("correction-done")).to_have_attribute("data-intent", MEANT)

    desk.part("to-review-set").click()
    desk.expect_page("review-set")
    expect(desk.part("set-words")).to_have_text(LINE)
    desk.part("export").click()
    with desk.page.expect_download() as downloading:
        desk.part("download-training").click()
    review_set = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(review_set)

    told = stack.run("bot", "learn", str(review_set), "--yes")
    assert "Review set understood: 0 of 1 → 1 of 1" in told
    assert f"    - {LINE}\n" in Path(f"data/nlu/en/{MEANT}.yml").read_text(encoding="utf-8")
    assert LINE in Path("tests/regressions/en.yml").read_text(encoding="utf-8")

    stack.stop("bot")
    stack.start("bot")
    assert taken_for(stack, WidgetConversation(stack.url("bot"), language="en").send(LINE)) == MEANT
