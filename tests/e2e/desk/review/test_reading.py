"""A lead finds a conversation, reads it, and goes on to the next, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from bot.store.lines import MESSAGES
from tests.e2e.desk.review.conftest import PHONE, USER_ID
from tests.e2e.desk.review.lead_page import LeadPage
from tests.e2e.screens import PHONE as ON_A_PHONE


def test_a_filter_is_set_saved_used_and_taken_off(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit()
    expect(lead.rows).to_have_count(5)
    expect(lead.part("count")).to_have_text("5 conversations")

    lead.part("filter-topic").select_option("payment_failure")
    lead.part("filter").click()

    # What was left empty is not in the address.
    expect(lead.page).to_have_url(f"{lead.url}/conversations?topic=payment_failure")
    expect(lead.rows).to_have_count(3)
    lead.part("saved-open").click()
    lead.part("saved-new").fill("Payments")
    lead.part("saved-save").click()
    expect(lead.part("saved-filter")).to_have_count(1)
    lead.part("chip-remove").click()
    expect(lead.rows).to_have_count(5)
    lead.part("saved-open").click()
    lead.part("saved-use").click()
    expect(lead.rows).to_have_count(3)


def test_words_of_a_user_are_found(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit()

    lead.page.keyboard.press("/")
    lead.page.keyboard.type("thingy")
    lead.page.keyboard.press("Enter")

    expect(lead.rows).to_have_count(1)
    expect(lead.row("odd")).to_be_visible()


def test_the_list_is_walked_and_left_by_keys(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit("/conversations?topic=payment_failure")

    lead.page.keyboard.press("j")
    expect(lead.row("paid-0").locator("[data-item]")).to_be_focused()
    lead.page.keyboard.press("Enter")
    lead.expect_conversation("paid-0")
    lead.page.keyboard.press("j")
    lead.expect_conversation("paid-1")
    lead.page.keyboard.press("b")
    expect(lead.part("behind")).to_have_attribute("aria-checked", "true")
    # It is the same page loaded anew, which takes keys a moment later.
    lead.expect_conversation("paid-1")
    expect(lead.part("deeds").first).to_be_visible()
    lead.page.keyboard.press("j")
    lead.expect_conversation("paid-2")
    # The last one has no next; what the assistant did stays in sight.
    expect(lead.part("older")).to_have_count(0)
    expect(lead.part("deeds").first).to_be_visible()
    lead.page.keyboard.press("k")
    lead.expect_conversation("paid-1")
    lead.page.keyboard.press("u")
    expect(lead.page).to_have_url(f"{lead.url}/conversations?topic=payment_failure")


def test_a_note_a_tag_and_a_note_at_a_line_stay(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit("/conversations/odd")

    lead.page.keyboard.press("t")
    lead.page.keyboard.type("odd word")
    lead.page.keyboard.press("Enter")
    expect(lead.part("tag-chip")).to_have_text("odd word×")
    lead.part("note").fill("Ask the product team.")
    lead.part("note-save").click()
    expect(lead.part("note-shown")).to_have_count(1)
    expect(lead.part("note")).to_have_value("")
    lead.lines.first.hover()
    lead.part("line-note").first.click()
    expect(lead.part("line-note-words")).to_be_focused()
    lead.page.keyboard.type("We do not know this word.")
    lead.part("line-note-save").click()
    expect(lead.part("note-shown")).to_have_count(2)

    lead.page.reload()
    expect(lead.part("note-shown")).to_have_count(2)
    lead.part("tag-remove").click()
    expect(lead.part("tag-chip")).to_have_count(0)


def test_the_link_of_a_line_leads_to_it_also_where_it_is_not_among_the_newest(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit("/conversations/long")
    expect(lead.lines).to_have_count(MESSAGES)

    lead.part("earlier").click()
    expect(lead.lines).to_have_count(2 * MESSAGES)
    lead.part("earlier").click()
    expect(lead.lines).to_have_count(300)
    expect(lead.part("earlier")).to_have_count(0)
    seq = lead.lines.nth(20).get_attribute("data-seq")
    lead.visit()
    lead.visit(f"/conversations/long#line-{seq}")
    expect(lead.page.locator(f"#line-{seq}")).to_be_in_viewport()
    lead.part("later").click()
    expect(lead.lines).to_have_count(2 * MESSAGES)


def test_a_link_is_copied_whole(enter: Callable[..., LeadPage], conversations: list[int]) -> None:
    lead = enter(permissions=["clipboard-read", "clipboard-write"])
    lead.visit("/conversations/odd")

    lead.part("share").click()
    expect(lead.part("share")).to_have_text("Copied")
    assert lead.page.evaluate("navigator.clipboard.readText()") == f"{lead.url}/conversations/odd"


def test_what_is_masked_is_revealed_with_a_reason_and_hidden_again(enter: Callable[..., LeadPage]) -> None:
    lead = enter()
    lead.visit("/conversations/odd")
    main = lead.page.locator("main")
    expect(lead.part("user-id")).to_have_text("••••9e20")
    expect(main).not_to_contain_text(PHONE)

    lead.part("reveal-open").click()
    lead.part("reveal-reason").fill("the bank asks")
    lead.part("reveal-show").click()
    expect(lead.part("revealed-value")).to_have_text([USER_ID, PHONE])
    lead.part("reveal-hide").click()
    expect(main).not_to_contain_text(PHONE)


def test_on_a_phone_the_menu_leads_to_the_list_and_the_list_to_a_conversation(enter: Callable[..., LeadPage]) -> None:
    lead = enter("zh", ON_A_PHONE)
    lead.page.goto(f"{lead.url}/cases")

    lead.part("menu-more").locator("summary").tap()
    expect(lead.part("menu-audit")).to_be_in_viewport(ratio=1)
    lead.part("menu-conversations").tap()
    lead.row("odd").tap()
    lead.expect_conversation("odd")
    expect(lead.part("correct").first).to_be_visible()
