"""A conversation in an agent's browser: taken, answered, never lost, and live."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Response, Route, expect

from bot.desk.agents.payloads import Role
from tests.e2e.complaints import NETWORK, Complaints
from tests.e2e.desk.pages.agent_page import AgentPage
from tests.e2e.desk.pages.running_desk import RunningDesk

Enter = Callable[..., AgentPage]


def test_a_new_hand_off_appears_by_itself_and_in_the_title(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    expect(agent.waiting(number)).to_have_count(0)
    desk.hand_over(number)
    expect(agent.waiting(number)).to_be_visible()
    expect(agent.page).to_have_title(re.compile(r"^\(\d+\) Queue"))


def test_the_loser_of_a_claim_is_told_who_has_it_without_a_reload(
    desk: RunningDesk, enter: Enter, number: str, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    complaints.expect("Response Status Error Code 409")
    winner, loser = enter("Wang Fang"), enter("Li Lei")
    desk.hand_over(number)
    expect(loser.waiting(number)).to_be_visible()
    # He sees the list as it was: the news does not reach him.
    loser.page.route("**/queue", lambda _route: None)
    winner.claim(number)
    loser.waiting(number).locator("[data-role=claim]").click()
    expect(loser.notice).to_contain_text("Wang Fang")
    assert loser.page.url == f"{desk.url}/"


def test_what_the_agent_writes_arrives_and_what_the_user_writes_appears(
    desk: RunningDesk, enter: Enter, number: str
) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.write("Hello, this is Li Lei")
    expect(agent.line("Hello, this is Li Lei")).to_have_attribute("data-author", "person")
    expect(agent.outbox).to_have_count(0)
    expect(agent.part("letter").filter(visible=True)).to_have_count(0)
    desk.tell(number, "user_typing")
    expect(agent.part("typing")).to_be_visible()
    desk.say(number, "At last")
    expect(agent.line("At last")).to_be_in_viewport()
    expect(agent.part("typing")).to_be_hidden()


def test_the_bot_hears_of_typing_in_the_order_it_was_done(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent, before = enter(), len(desk.typing)
    desk.hand_over(number)
    agent.claim(number)
    slow: list[Route] = []
    agent.page.route("**/typing", lambda route: slow.append(route), times=1)
    agent.write("Hello, this is Li Lei")
    expect(agent.line("Hello, this is Li Lei")).to_be_visible()
    with agent.page.expect_response(lambda answer: "on=false" in (answer.request.post_data or "")):
        slow[0].continue_()
    assert desk.typing[before:] == [True, False]


def test_a_text_survives_a_reload(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.answer.fill("half a sen")
    agent.visit(f"/handoffs/{number}")
    expect(agent.answer).to_have_value("half a sen")
    agent.write("half a sentence")
    expect(agent.line("half a sentence")).to_be_visible()
    agent.visit(f"/handoffs/{number}")
    expect(agent.answer).to_have_value("")


def test_while_the_desk_is_away_a_line_is_kept_and_goes_out_once_afterwards(
    desk: RunningDesk, enter: Enter, number: str, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    # The desk takes the first one each time, but its answer never arrives.
    agent.cut_off(arrives=True)
    agent.write("one")
    agent.write("two")
    expect(agent.outbox.first).to_have_attribute("data-state", "kept")
    agent.is_cut_off = False
    expect(agent.outbox).to_have_count(0)
    expect(agent.line("two")).to_be_visible()
    agent.visit(f"/handoffs/{number}")
    assert agent.page.locator("[data-author=person] .line-text").all_inner_texts() == ["one", "two"]


def test_a_kept_line_goes_out_after_a_reload(
    desk: RunningDesk, enter: Enter, number: str, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.cut_off(arrives=False)
    agent.write("kept over a reload")
    expect(agent.outbox).to_have_attribute("data-state", "kept")
    agent.is_cut_off = False
    agent.visit(f"/handoffs/{number}")
    expect(agent.line("kept over a reload")).to_have_count(1)
    expect(agent.outbox).to_have_count(0)


def test_a_refused_line_can_be_edited_again(
    desk: RunningDesk, enter: Enter, number: str, complaints: Complaints
) -> None:
    complaints.expect(NETWORK)
    complaints.expect("htmx:(afterRequest|sendError)")
    agent, lead = enter(), enter("Han Meimei", role=Role.LEAD)
    desk.hand_over(number)
    agent.claim(number)
    lead.visit(f"/handoffs/{number}")
    agent.cut_off(arrives=False)
    agent.write("too late")
    expect(agent.outbox).to_have_attribute("data-state", "kept")
    agent.page.route("**/foot", lambda route: route.abort())
    lead.do("take-over")
    expect(lead.answer).to_be_visible()
    agent.is_cut_off = False
    expect(agent.outbox).to_have_attribute("data-state", "refused")
    expect(agent.notice).to_contain_text("Only the one who has this conversation")
    agent.part("take-back").click()
    expect(agent.answer).to_have_value("too late")
    expect(agent.outbox).to_have_count(0)


def test_enter_that_chooses_a_character_sends_nothing(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.answer.fill("nihao")
    agent.answer.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    agent.answer.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    agent.answer.press("Shift+Enter")
    agent.answer.press_sequentially("2")
    expect(agent.answer).to_have_value("nihao\n2")
    expect(agent.outbox).to_have_count(0)
    agent.answer.press("Control+Enter")
    expect(agent.line("nihao")).to_be_visible()


def test_a_reply_is_found_and_taken_with_the_keyboard(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter("李雷", "zh")
    desk.hand_over(number)
    agent.claim(number)
    agent.answer.press("/")
    expect(agent.part("canned-filter")).to_be_focused()
    agent.part("canned-filter").fill("开场")
    agent.part("canned-filter").press("Enter")
    expect(agent.part("canned")).to_be_hidden()
    expect(agent.answer).to_be_focused()
    expect(agent.answer).to_have_value(re.compile("您好，我是李雷"))
    agent.part("canned-open").click()
    agent.part("canned-filter").press("Escape")
    expect(agent.answer).to_be_focused()


def test_resolving_takes_the_composer_away_in_place(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.write("Done")
    expect(agent.line("Done")).to_be_visible()
    agent.do("resolve")
    expect(agent.answer).to_have_count(0)
    expect(agent.part("state")).to_have_text("Resolved")
    expect(agent.page.locator("[data-change=resolve]")).to_be_visible()


def test_what_is_being_pressed_is_not_taken_away_by_news(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    desk.hand_over(number)
    _press_while_it_is_fetched_anew(agent, agent.waiting(number).locator("[data-role=claim]"), "queue", "queue")
    expect(agent.answer).to_be_visible()
    expect(agent.page.locator("html")).to_have_attribute("data-live", "open")
    _press_while_it_is_fetched_anew(agent, agent.part("transfer"), "handoff", "head")
    expect(agent.part("transfer").locator("..")).to_have_attribute("open", "")
    switch = agent.part("presence-switch")
    was_on = switch.get_attribute("aria-checked") == "true"
    _press_while_it_is_fetched_anew(agent, switch, "queue", "frame")
    expect(switch).to_have_attribute("aria-checked", "false" if was_on else "true")


def test_what_was_held_back_is_shown_once_a_press_becomes_a_drag(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent, later = enter(), number.replace("TEST", "NEXT")
    desk.hand_over(number)
    expect(agent.waiting(number)).to_be_visible()
    agent.waiting(number).hover()
    agent.page.mouse.down()
    with agent.page.expect_response("**/queue*") as answer:
        desk.hand_over(later)
    _let_it_be_put_in(agent, answer.value)
    expect(agent.waiting(later)).to_have_count(0)
    # Moved while it is pressed, a link is dragged.
    agent.page.mouse.move(1, 1)
    expect(agent.waiting(later)).to_be_visible()
    agent.page.mouse.up()


def _press_while_it_is_fetched_anew(agent: AgentPage, button: Locator, news: str, from_where: str) -> None:
    """Press a button as slowly as a hand does, with news between down and up."""
    button.hover()
    agent.page.mouse.down()
    with agent.page.expect_response(re.compile(f"/{from_where}$")) as answer:
        agent.page.evaluate("news => document.body.dispatchEvent(new CustomEvent(`desk:${news}`))", news)
    _let_it_be_put_in(agent, answer.value)
    agent.page.mouse.up()


def _let_it_be_put_in(agent: AgentPage, answer: Response) -> None:
    """Until the browser has put in what it got, or left it."""
    answer.finished()
    agent.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_the_place_where_one_reads_stays_while_lines_come(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    for place in range(40):
        desk.bot_says(number, f"earlier {place}")
    desk.hand_over(number)
    agent.claim(number)
    expect(agent.line("earlier 39")).to_be_in_viewport()
    log = agent.part("log")
    log.evaluate("log => { log.scrollTop = 0; }")
    desk.say(number, "something new")
    expect(agent.part("to-end")).to_be_visible()
    assert log.evaluate("log => log.scrollTop") == 0
    agent.part("to-end").click()
    expect(agent.line("something new")).to_be_in_viewport()
    expect(agent.part("to-end")).to_be_hidden()


def test_lists_are_walked_and_taken_from_with_keys_that_can_be_switched_off(
    desk: RunningDesk, enter: Enter, number: str
) -> None:
    agent = enter()
    desk.hand_over(number)
    expect(agent.waiting(number)).to_be_visible()
    agent.page.keyboard.press("?")
    expect(agent.part("keys")).to_be_visible()
    agent.part("single-keys").uncheck()
    agent.page.keyboard.press("Escape")
    agent.page.keyboard.press("j")
    expect(agent.page.locator("[data-item]:focus")).to_have_count(0)
    agent.part("keys-open").click()
    agent.part("single-keys").check()
    agent.page.keyboard.press("Escape")
    agent.part("keys-open").blur()
    agent.page.keyboard.press("j")
    expect(agent.page.locator("[data-item]").first).to_be_focused()


def test_what_is_unread_is_marked_until_it_is_read(desk: RunningDesk, enter: Enter, number: str) -> None:
    agent = enter()
    desk.hand_over(number)
    agent.claim(number)
    agent.visit()
    expect(agent.mine(number).locator("[data-role=unread]")).to_be_hidden()
    desk.say(number, "Hello?")
    expect(agent.mine(number).locator("[data-role=unread]")).to_be_visible()
    agent.mine(number).locator("a").click()
    expect(agent.line("Hello?")).to_be_visible()
    agent.visit()
    expect(agent.mine(number)).to_contain_text("Hello?")
    expect(agent.mine(number).locator("[data-role=unread]")).to_be_hidden()
