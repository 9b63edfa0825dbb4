"""The demo's page, as its user works it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.widget_page import Widget
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser

MERCHANT = "城市超市"
_ANY = re.compile(".")


class WalletPage:
    """A small wallet app with the widget in it."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self.widget = Widget(page, stack.url("bot"))
        self.url = f"{stack.url('wallet')}/demo/"
        self.view = self.part("view")
        self.result = self.part("result")

    def part(self, role: str) -> Locator:
        """A part of the page by its name."""
        return self.page.locator(f"[data-role={role}]")

    def visit(self) -> None:
        """Load the page."""
        self.page.goto(self.url)
        expect(self.view).to_have_attribute("data-view", "sign-in")
        expect(self.widget.launcher).to_be_visible()

    def try_to_sign_in(self, user: WalletUser) -> None:
        """Send the form, whatever comes of it."""
        form = self.part("sign-in-form")
        form.locator("[name=login]").fill(user.user_id)
        form.locator("[name=password]").fill(user.password)
        form.locator("[type=submit]").click()

    def sign_in(self, user: WalletUser) -> None:
        """Sign in by the form; the widget knows who it is when this returns."""
        self.try_to_sign_in(user)
        self._wait_for_user()

    def sign_in_as_demo_user(self, login: str) -> None:
        """Sign in by the button of a demo user."""
        self.page.locator(f"[data-role=demo-user][data-user={login}]").click()
        self._wait_for_user()

    def go(self, view: str) -> None:
        """Go to a view."""
        self.page.locator(f"[data-role=nav][data-view={view}]").click()
        self.wait_for(view)

    def go_by_home(self, view: str) -> None:
        """Go to a view that the home view leads to."""
        self.go("home")
        self.page.locator(f"[data-role=quick][data-view={view}]").click()
        self.wait_for(view)

    def send(self, form: str, **values: str) -> None:
        """Fill in the fields of a form and send it, whatever comes of it."""
        for name, value in values.items():
            self.part(form).locator(f"[name={name}]").fill(value)
        self.part(form).locator("[type=submit]").click()

    def forget_result(self) -> None:
        """Take what is shown of a form away, so that what comes next is not taken for it."""
        self.result.evaluate_all("shown => shown.forEach((each) => each.remove())")

    def pay(self, amount: str, merchant: str = MERCHANT) -> str:
        """Pay from the balance; the status."""
        self.go("pay")
        form = self.part("pay-form")
        form.locator("[name=merchant]").fill(merchant)
        form.locator("[name=amount]").fill(amount)
        form.locator("[type=submit]").click()
        expect(self.result).to_be_visible()
        return str(self.result.get_attribute("data-status"))

    def raise_daily_limit(self, amount: str) -> None:
        """Choose another limit of a day."""
        self.go("limits")
        form = self.part("limits-form")
        form.locator("[name=per_day]").fill(amount)
        form.locator("[type=submit]").click()
        expect(self.result).to_have_attribute("data-status", "succeeded")

    def ask_for_help(self) -> None:
        """Ask about the result that is shown, and wait for the answer."""
        self._ask_by(self.result.locator("[data-role=get-help]"))

    def ask_for_help_with_failed(self) -> None:
        """Ask about the newest payment or top-up that was declined, and wait for the answer."""
        self.go("home")
        self._ask_by(self.page.locator("[data-role=activity][data-status=declined] [data-role=get-help]").first)

    def switch_language(self) -> None:
        """Switch to the other language."""
        words = self.part("bar").locator("[data-role=language]")
        other = str(words.get_attribute("lang"))
        words.click()
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{other}"))
        self.wait_until_drawn()

    def come_back_from_help(self) -> None:
        """Hear that the widget was closed, which has the home view drawn anew."""
        self.widget.element.dispatch_event("hotline-close")
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        """Wait until what is being fetched for the view is shown."""
        expect(self.view).not_to_have_attribute("aria-busy", _ANY)

    def _ask_by(self, button: Locator) -> None:
        button.click()
        expect(self.widget.panel).to_be_visible()
        self.widget.wait_for_answer()

    def sign_out(self) -> None:
        """Sign out."""
        self.part("sign-out").click()
        self.wait_for("sign-in")

    def _wait_for_user(self) -> None:
        self.wait_for("home")
        expect(self.widget.element).to_have_attribute("user-token", _ANY)

    def wait_for(self, view: str) -> None:
        """Wait until a view is shown whole."""
        expect(self.page.locator(f"[data-role=view][data-view={view}]:not([aria-busy])")).to_be_visible()
