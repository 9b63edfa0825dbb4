"""Help with a payment that was declined, from the failed payment to the rating."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.screens import DESKTOP, PHONE
from tests.e2e.wallet_page import MERCHANT, WalletPage
from tests.e2e.widget_page import THIS_ONE, WORKS
from tests.stack.wallet_app import WalletUser

pytestmark = pytest.mark.conversation

NUMBER = re.compile(r"WH-\w{4}-\w{4}")


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_declined_payment_is_explained_mended_seen_and_rated(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str, screen: dict[str, Any]
) -> None:
    wallet = wallet_page(chen, language, screen)
    widget = wallet.widget
    assert wallet.pay("500") == "declined"
    wallet.ask_for_help()

    explained = "".join(widget.texts("bot"))
    assert "500.00" in explained
    assert "2,000.00" in explained
    expect(widget.choice(WORKS[language])).to_be_enabled()
    expect(widget.part("choice").filter(has_text=THIS_ONE[language])).to_have_count(0)

    widget.close()
    wallet.raise_daily_limit("5000")
    assert wallet.pay("500") == "succeeded"

    widget.open()
    before = len(widget.texts("bot"))
    widget.choose(WORKS[language])
    seen = widget.texts("bot")[before]
    assert "500.00" in seen
    assert MERCHANT in seen
    widget.stars.nth(4).click()
    expect(widget.stars.nth(4)).to_have_attribute("aria-checked", "true")
    expect(widget.stars.nth(4)).to_be_disabled()
    widget.wait_until_still()
    widget.expect_same_as_stored()


def test_who_asks_for_a_person_while_nobody_is_there_sees_his_case_under_the_header(
    wallet_page: Callable[..., WalletPage], chen: WalletUser, language: str
) -> None:
    wallet = wallet_page(chen, language)
    widget = wallet.widget
    widget.open()
    widget.say({"zh": "人工", "en": "human"}[language])
    expect(widget.handoff).to_have_attribute("data-state", "case")
    (number,) = NUMBER.findall(widget.announced.inner_text())
    assert number in "".join(widget.texts("bot"))
    expect(widget.leave_queue).to_be_hidden()
    expect(widget.service).to_have_text({"zh": "智能助手", "en": "Digital assistant"}[language])
