"""A person's lines: whose they are, who is writing, what is unread, the conversation as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.e2e.fake_channel import FakeChannel
from tests.e2e.widget_page import Widget

PERSON = {"zh": "人工客服", "en": "Agent"}
WRITES = {"zh": "李雷正在输入", "en": "李雷 is writing"}
SERVED = {"number": "H-7", "agent": "李雷"}
CASE = {"number": "H-7", "due_at": "2031-05-06T07:08:00+00:00"}


def author_of(line: Locator) -> Locator:
    """The name above a line."""
    return line.locator(".author")


def test_a_person_s_line_bears_his_name_and_the_bot_s_does_not(
    shown: Callable[..., Widget], channel: FakeChannel, language: str
) -> None:
    widget = shown(language)
    channel.say("bot", "first")
    channel.say("person", "hello", agent="李雷")
    channel.say("person", "good day", agent="Mia")
    expect(widget.answers).to_have_count(3)
    bot, li, mia = widget.answers.all()
    expect(author_of(li)).to_have_text(f"李雷 · {PERSON[language]}")
    expect(author_of(mia)).to_have_text(f"Mia · {PERSON[language]}")
    expect(author_of(mia)).to_be_visible()
    expect(author_of(bot)).not_to_contain_text(PERSON[language])
    assert [line.locator(".avatar").text_content() for line in (bot, li, mia)] == ["", "李", "M"]
    colours = [line.locator(".bubble").evaluate("each => getComputedStyle(each).backgroundColor") for line in (bot, li)]
    assert colours[0] != colours[1]


def test_a_person_without_a_name_is_an_agent(shown: Callable[..., Widget], channel: FakeChannel) -> None:
    widget = shown()
    channel.stand("active", number="H-7", agent=None)
    channel.say("person", "hello")
    expect(author_of(widget.answers.last)).to_have_text("Agent")
    expect(widget.announced).to_have_text("Agent is with you.")
    expect(widget.service).to_have_text("Agent")


def test_who_is_writing_is_seen_by_name(shown: Callable[..., Widget], channel: FakeChannel, language: str) -> None:
    widget = shown(language)
    channel.stand("active", **SERVED)
    channel.type("person")
    expect(widget.part("typing")).to_be_visible()
    expect(widget.part("typing").get_by_text(WRITES[language])).to_be_visible()
    channel.say("person", "here", agent="李雷")
    expect(widget.part("typing")).to_be_hidden()


def test_nobody_is_said_to_write_when_the_user_writes_to_a_person(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.stand("active", **SERVED)
    expect(widget.announced).to_have_text("李雷 is with you.")
    widget.part("typing").evaluate(
        "typing => { window.shown = 0; new MutationObserver(() => { window.shown += !typing.hidden; })"
        ".observe(typing, { attributes: true }); }"
    )
    widget.write("hello")
    expect(widget.own).to_have_attribute("data-state", "sent")
    assert widget.page.evaluate("shown") == 0


def test_a_person_s_lines_are_unread_until_the_panel_is_opened(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.stand("active", **SERVED)
    widget.close()
    channel.say("person", "one", agent="李雷")
    channel.say("person", "two", agent="李雷")
    expect(widget.badge).to_have_text("2")
    expect(widget.launcher).to_have_accessible_name("Support chat, 2 new messages")
    widget.open()
    widget.close()
    expect(widget.badge).to_be_hidden()


def test_the_answer_to_a_case_that_came_meanwhile_is_unread_on_the_next_visit(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.say("bot", "Your case number is H-7.")
    channel.stand("case", **CASE)
    expect(widget.answers).to_have_count(1)
    widget.page.goto("about:blank")
    channel.say("person", "It is settled.", agent="李雷")
    channel.stand("resolved", number="H-7")
    widget.page.goto(channel.url)
    expect(widget.badge).to_have_text("1")
    widget.open()
    expect(widget.answers.last).to_contain_text("It is settled.")
    expect(widget.announced).to_be_empty()


def test_the_file_of_the_conversation_names_who_wrote(
    shown: Callable[..., Widget], channel: FakeChannel, language: str
) -> None:
    channel.say("bot", "first")
    channel.say("person", "hello", agent="李雷")
    widget = shown(language)
    widget.open_menu()
    with widget.page.expect_download() as waited:
        widget.part("transcript").click()
    written = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert f"李雷 · {PERSON[language]}:\nhello" in written
    assert f"{PERSON[language]}:\nfirst" not in written
