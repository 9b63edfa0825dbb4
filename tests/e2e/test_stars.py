"""Stars for the assistant and for a person in one conversation: each question keeps its own."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.e2e.fake_channel import FakeChannel, button
from tests.e2e.widget_page import Widget


def given_in(rating: Locator) -> int:
    """How many stars are filled in one row."""
    return rating.locator(".filled").count()


def test_stars_for_a_person_are_not_those_for_the_assistant(shown: Callable[..., Widget], channel: FakeChannel) -> None:
    widget = shown()
    channel.ask_for_stars("How was the assistant?", rates="bot")
    channel.say("bot", "Li Lei has ended the conversation.")
    channel.ask_for_stars("How was Li Lei?", rates="person")
    ratings = widget.part("rating")
    expect(ratings).to_have_count(2)
    of_bot, of_person = ratings.all()
    of_person.get_by_role("radio").nth(1).click()
    expect(of_person.get_by_role("radio").nth(1)).to_have_attribute("aria-checked", "true")
    expect(of_person).to_contain_text("2 of 5")
    expect(of_bot.get_by_role("radio").nth(1)).to_be_enabled()
    of_bot.get_by_role("radio").nth(4).click()
    expect(of_bot).to_contain_text("5 of 5")
    assert (given_in(of_bot), given_in(of_person)) == (5, 2)
    widget.page.reload()
    widget.open()
    expect(ratings).to_have_count(2)
    expect(of_bot).to_contain_text("5 of 5")
    expect(of_person).to_contain_text("2 of 5")


def test_a_question_about_the_same_that_is_asked_again_takes_the_place_of_the_first(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.ask_for_stars("And this time?", rates="bot")
    channel.ask_for_stars("And now?", rates="bot")
    ratings = widget.part("rating")
    expect(ratings).to_have_count(2)
    first, second = ratings.all()
    expect(first.get_by_role("radio").first).to_be_disabled()
    second.get_by_role("radio").nth(3).click()
    expect(second).to_contain_text("4 of 5")
    assert given_in(first) == 0


def test_typed_stars_go_to_the_newest_question_and_other_answers_to_none(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    channel.ask_for_stars("How was the assistant?", rates="bot")
    channel.ask_for_stars("How was Li Lei?", rates="person")
    choices = [{"title": title, "token": button(title), "answers": False} for title in ("Fees", "Limits")]
    channel.say("bot", "Anything else?", buttons=choices, asks=None, rates=None)
    widget = shown()
    of_bot, of_person = widget.part("rating").all()
    widget.page.route("**/messages", lambda route: None)
    widget.choice("Limits").click()
    expect(widget.own).to_have_attribute("data-state", "sending")
    assert (given_in(of_bot), given_in(of_person)) == (0, 0)
    widget.page.unroute_all(behavior="ignoreErrors")
    channel.say("user", "four stars", id="typed", stars=4, rates=None)
    expect(of_person).to_contain_text("4 of 5")
    assert given_in(of_bot) == 0


def test_stars_given_offline_are_shown_at_once_where_they_were_given(
    shown: Callable[..., Widget], channel: FakeChannel
) -> None:
    widget = shown()
    channel.ask_for_stars("How was the assistant?", rates="bot")
    channel.ask_for_stars("How was Li Lei?", rates="person")
    ratings = widget.part("rating")
    expect(ratings).to_have_count(2)
    of_bot, of_person = ratings.all()
    widget.page.route("**/messages", lambda route: None)
    of_bot.get_by_role("radio").nth(2).click()
    expect(of_bot).to_contain_text("3 of 5")
    assert given_in(of_person) == 0
    widget.page.unroute_all(behavior="ignoreErrors")
