"""The screens a page is looked at on, as options of a browser context, and what has to fit on them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

LOCALES = {"zh": "zh-CN", "en": "en-US"}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 568}}
# What a desktop window of 1280 by 900 has left at 200 %.
ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
# The animations and transitions of an element that run just now.
RUNNING = """element => element.shadowRoot.getAnimations({ subtree: true })
  .filter((each) => each.playState === "running").map((each) => each.animationName ?? each.transitionProperty)"""


def expect_inside(page: Page, part: Locator) -> None:
    """The whole of it is on the screen."""
    expect(part).to_be_in_viewport(ratio=1)
    box, screen = part.bounding_box(), page.viewport_size
    assert box and screen
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= screen["width"]
    assert box["y"] + box["height"] <= screen["height"]


def expect_no_sideways_scroll(page: Page) -> None:
    """The page is not wider than the screen."""
    wide, seen = page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= seen
