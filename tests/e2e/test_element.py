"""What an application can do with ``<wallet-hotline>``: attributes, methods, events, looks, taking it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.host_page import HostPage
from tests.e2e.wallet_page import MERCHANT
from tests.e2e.widget_page import WORKS
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

HOSTILE = """
* { all: unset !important; color: red !important; font: 3px cursive !important; letter-spacing: 9px !important; }
html, body { font-size: 3px !important; }
button, textarea, svg, section, header, li, div { position: static !important; width: 1px !important; }
"""


@pytest.fixture
def host(host_page: Callable[..., HostPage]) -> HostPage:
    """A page that is not yet shown."""
    return host_page()


def test_an_application_opens_the_panel_on_a_payment_in_any_language(
    host: HostPage, chen: WalletUser, language: str
) -> None:
    payments = chen.as_user("GET", "/v1/payments")["items"]
    declined = next(payment["id"] for payment in payments if payment["status"] == "declined")
    host.visit(chen.user_id, language=language)
    host.call(f"openWith({{topic: 'payment_failure', transaction: '{declined}'}})")
    widget = host.widget
    expect(widget.panel).to_be_visible()
    widget.wait_for_answer()
    assert MERCHANT in "".join(widget.texts("bot"))
    expect(widget.choice(WORKS[language])).to_be_enabled()
    # An id is for the machine, not for the user to read.
    assert declined not in "".join(widget.texts())


def test_methods_open_and_close_and_events_tell_of_it(host: HostPage) -> None:
    host.visit()
    widget = host.widget
    host.call("open()")
    expect(widget.panel).to_be_visible()
    expect(widget.element).to_have_attribute("open", "")
    host.call("open()")
    host.call("close()")
    expect(widget.panel).to_be_hidden()
    expect(widget.element).not_to_have_attribute("open", "")
    host.set("open", "")
    expect(widget.panel).to_be_visible()
    assert (len(host.heard("hotline-open")), len(host.heard("hotline-close"))) == (2, 1)


def test_an_unknown_topic_opens_the_panel_and_says_nothing(host: HostPage) -> None:
    host.visit()
    host.call("openWith({topic: 'switch_everything', transaction: 'x'})")
    expect(host.widget.panel).to_be_visible()
    host.widget.wait_until_live()
    expect(host.widget.messages).to_have_count(0)


def test_texts_theme_and_place_are_the_host_s(host: HostPage) -> None:
    host.visit(heading="Bank <b>of</b> X", greeting="Good day & <i>hello</i>", theme="dark", position="left")
    widget = host.widget
    widget.open()
    expect(widget.panel.get_by_role("heading")).to_have_text("Bank <b>of</b> X")
    expect(widget.panel.get_by_text("Good day & <i>hello</i>")).to_be_visible()
    box = widget.panel.bounding_box()
    assert box
    assert box["x"] < 100
    dark = ground_of(host)
    host.set("theme", "light")
    assert ground_of(host) != dark
    host.set("position", "right")
    box = widget.panel.bounding_box()
    assert box
    assert box["x"] > 640


def test_the_theme_follows_the_device_unless_it_is_given(host: HostPage) -> None:
    host.visit()
    host.widget.open()
    light = ground_of(host)
    host.page.emulate_media(color_scheme="dark")
    assert ground_of(host) != light


def test_colours_are_the_host_s(host: HostPage) -> None:
    host.visit(style="wallet-hotline { --hotline-accent: rgb(1, 2, 200); --hotline-on-accent: rgb(250, 251, 252); }")
    launcher = host.widget.launcher
    colours = "each => [getComputedStyle(each).backgroundColor, getComputedStyle(each).color]"
    assert launcher.evaluate(colours) == ["rgb(1, 2, 200)", "rgb(250, 251, 252)"]


def test_an_element_taken_away_leaves_no_stream_and_works_when_it_is_back(host: HostPage) -> None:
    host.visit()
    widget = host.widget
    with host.page.expect_request("**/events"):
        widget.open()
    widget.say("hello")
    lines = widget.lines()
    with host.page.expect_event("requestfailed", lambda request: request.url.endswith("/events")):
        host.page.evaluate("window.kept = document.querySelector('wallet-hotline'); kept.remove()")

    host.page.evaluate("document.body.append(kept)")
    expect(widget.panel).to_be_visible()
    expect(widget.messages).to_have_count(len(lines))
    widget.say("what are the fees?")
    assert widget.lines()[: len(lines)] == lines
    widget.expect_same_as_stored()


def test_it_works_where_the_browser_keeps_nothing(host: HostPage) -> None:
    host.page.add_init_script(
        """for (const area of ["localStorage", "sessionStorage"]) {
          Object.defineProperty(window, area, { get() { throw new DOMException("no", "SecurityError"); } });
        }"""
    )
    host.visit()
    widget = host.widget
    widget.open()
    widget.say("hello")
    widget.start_over()
    widget.say("what are the fees?")
    assert widget.texts("user") == ["what are the fees?"]


def test_a_second_element_made_by_script_works_too(host: HostPage) -> None:
    host.visit()
    host.page.evaluate(
        "document.querySelector('wallet-hotline').remove();"
        "const made = document.createElement('wallet-hotline'); made.setAttribute('language', 'zh');"
        "document.body.append(made)"
    )
    host.widget.open()
    host.widget.say("你好")


def test_rules_of_the_page_do_not_reach_into_the_widget(host: HostPage) -> None:
    host.visit(style=HOSTILE)
    widget = host.widget
    box = widget.launcher.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    widget.open()
    widget.say("hello")
    size, colour = widget.part("text").last.evaluate(
        "each => [parseFloat(getComputedStyle(each).fontSize), getComputedStyle(each).color]"
    )
    assert size >= 13
    assert colour != "rgb(255, 0, 0)"
    panel = widget.panel.bounding_box()
    assert panel
    assert panel["width"] > 300
    assert panel["height"] > 300


def ground_of(host: HostPage) -> str:
    """The colour behind the panel."""
    return str(host.widget.panel.evaluate("panel => getComputedStyle(panel).backgroundColor"))
