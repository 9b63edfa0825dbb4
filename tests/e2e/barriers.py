"""What axe-core finds wrong with a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# axe-core tries to add a style of its own, which the policy of a page forbids.
COMPLAINT = "Applying inline style"


def expect_accessible(page: Page, state: str) -> None:
    """No rule of axe-core is broken; motion has ended, for what fades has no contrast yet."""
    page.evaluate(
        "() => Promise.allSettled([...document.getAnimations(),"
        " ...(document.querySelector('wallet-hotline')?.shadowRoot?.getAnimations() ?? [])]"
        ".filter(each => each.effect.getComputedTiming().endTime !== Infinity).map(each => each.finished))"
    )
    broken = Axe().run(page).response["violations"]
    found = [f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}" for rule in broken]
    assert found == [], f"{state}: {found}"
