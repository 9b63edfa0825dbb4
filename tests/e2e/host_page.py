"""Another application's page with the widget in it: nothing but the element, under a strict policy."""

from __future__ import annotations

from html import escape

from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.channels.identity import make_user_token
from tests.e2e.tokens import expired, refreshed
from tests.e2e.widget_page import Widget
from tests.stack.processes import Stack
from tests.stack.web import call
from tests.stack.widget import new_id

_EVENTS = ("hotline-open", "hotline-close", "hotline-unread", "token-needed", "hotline-language")
_NOTE_EVENTS = """
window.heard = [];
for (const name of %s) window.addEventListener(name, ({ detail }) => window.heard.push({ name, detail }));
"""
_REPLACE_SESSION_TOKEN = """
(token) => {
  const key = Object.keys(localStorage).find((each) => each.includes(":session:"));
  localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), session_token: token }));
}
"""


class HostPage:
    """A page below the wallet's address, which alone may use the bot."""

    def __init__(self, page: Page, stack: Stack) -> None:
        self.page = page
        self.stack = stack
        self.bot = stack.url("bot")
        self._secret = stack.settings["HOTLINE_USER_TOKEN_SECRET"]
        self.widget = Widget(page, self.bot)
        page.add_init_script(_NOTE_EVENTS % list(_EVENTS))

    def visit(self, user_id: str | None = None, style: str = "", **attributes: str) -> None:
        """Show the page to a user, or to a guest; ``style`` is a sheet of the page's own."""
        given = {name.replace("_", "-"): value for name, value in attributes.items()}
        if user_id:
            given["user-token"] = self.token_of(user_id)
        # Chromium cannot tell that a page a test has answered came from this machine too.
        self.page.context.grant_permissions(["local-network-access"], origin=self.stack.url("wallet"))
        self._serve(self.page.context, given, style)
        self.page.goto(self.address)
        expect(self.widget.element.locator(".frame")).not_to_have_attribute("hidden", "")

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"{self.stack.url('wallet')}/host-page"

    def token_of(self, user_id: str) -> str:
        """What the host proves a user with."""
        return make_user_token(user_id, self._secret)

    def expired_token_of(self, user_id: str) -> str:
        """The same, from an hour ago."""
        return expired(self.token_of(user_id), self._secret)

    def refreshed_token_of(self, user_id: str) -> str:
        """Another one."""
        return refreshed(self.token_of(user_id), self._secret)

    def expire_session(self) -> None:
        """Let the session that is kept on this device be over."""
        ended = expired(self.widget.session()["session_token"], self.stack.settings["HOTLINE_SESSION_SECRET"])
        self.page.evaluate(_REPLACE_SESSION_TOKEN, ended)

    def say_elsewhere(self, text: str) -> None:
        """Say something in the conversation of this device from somewhere else."""
        token, body = self.widget.session()["session_token"], {"id": new_id(), "text": text}
        call("POST", f"{self.bot}/webhooks/widget/messages", body, token=token).expect(202)

    def heard(self, name: str) -> list[dict[str, object]]:
        """The details of the events of that name so far."""
        return list(
            self.page.evaluate("name => heard.filter(each => each.name === name).map(each => each.detail)", name)
        )

    def set(self, name: str, value: str) -> None:
        """Set an attribute of the element."""
        self.widget.element.evaluate("(element, [name, value]) => element.setAttribute(name, value)", [name, value])

    def call(self, script: str) -> None:
        """Run a script on the element, for example ``open()``."""
        self.widget.element.evaluate(f"element => {{ element.{script}; }}")

    def _serve(self, context: BrowserContext, attributes: dict[str, str], style: str) -> None:
        given = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
        html = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="/host-page.css">'
            f'<script type="module" src="{self.bot}/widget/widget.js"></script></head><body><main><h1>Host</h1>'
            '<button type="button" id="before">Before</button></main>'
            f"<wallet-hotline {given}></wallet-hotline></body></html>"
        )
        policy = (
            f"default-src 'none'; script-src {self.bot}; style-src 'self' {self.bot}; connect-src {self.bot};"
            " img-src 'self' data:; base-uri 'none'; form-action 'none'"
        )
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}

        def answer(route: Route) -> None:
            if route.request.url.endswith(".css"):
                route.fulfill(body=style, headers={"Content-Type": "text/css"})
            else:
                route.fulfill(body=html, headers=headers)

        context.route("**/host-page*", answer)
