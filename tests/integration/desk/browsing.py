"""A browser at the desk, as far as a test over HTTP needs one: it keeps cookies and fills in forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from aiohttp import ClientSession, CookieJar
from argon2 import PasswordHasher
from multidict import CIMultiDictProxy

PASSWORD = "correct horse battery"
# Checked in no time: the cost stands in the hash.
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    source: str
    headers: CIMultiDictProxy[str] = field(repr=False)

    @property
    def leads_to(self) -> str | None:
        """Where it sends the browser."""
        return self.headers.get("Location")

    @property
    def words(self) -> str:
        """What a reader sees, more or less."""
        return " ".join(unescape(_TAG.sub(" ", self.source)).split())

    @property
    def csrf(self) -> str:
        """The token in its forms."""
        found = _TOKEN.search(self.source)
        assert found, f"{self.status}: no form in {self.source[:500]}"
        return found[1]

    def part(self, role: str) -> str | None:
        """The words of the first part that bears a role, if it has none within; None where there is none."""
        found = re.search(rf'<(\w+)[^>]*data-role="{role}"[^>]*>(.*?)</\1>', self.source, re.DOTALL)
        return found and " ".join(unescape(_TAG.sub(" ", found[2])).split())

    def count(self, role: str) -> int:
        """How many parts bear a role."""
        return self.source.count(f'data-role="{role}"')


class Visitor:
    """Somebody at a browser; redirects are looked at, not followed."""

    def __init__(self, session: ClientSession) -> None:
        self.session = session
        self.csrf: str | None = None

    async def get(self, path: str, **headers: str) -> Page:
        """Open a page."""
        async with self.session.get(path, headers=_named(headers), allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> Page:
        """Send a form, with the token of the pages unless the fields bring their own."""
        sent = {**({"csrf": self.csrf} if self.csrf else {}), **(fields or {})}
        async with self.session.post(path, data=sent, headers=_named(headers), allow_redirects=False) as answer:
            return Page(answer.status, await answer.text(), answer.headers)

    async def sign_in(self, name: str, password: str = PASSWORD, path: str = "/sign-in", **fields: str) -> Page:
        """Fill in the form at the door; afterwards forms bear the token of the sign-in."""
        form = await self.get(path)
        filled = {"csrf": form.csrf, "name": name, "password": password, **fields}
        answer = await self.post(path, filled)
        if answer.status == 303:
            self.csrf = (await self.get("/account")).csrf
        return answer

    def bear(self, name: str, value: str) -> None:
        """Put a cookie into the browser, as if the desk had."""
        self.session.cookie_jar.update_cookies({name: value}, self.session._build_url("/"))

    def cookie(self, name: str = "desk_session") -> str | None:
        """What the browser keeps under a name."""
        return next((cookie.value for cookie in self.session.cookie_jar if cookie.key == name), None)


def new_session(address: str, language: str) -> ClientSession:
    """A browser of its own; unlike others it keeps cookies of an address without a name."""
    headers = {"Accept": "text/html", "Accept-Language": language}
    return ClientSession(address, cookie_jar=CookieJar(unsafe=True), headers=headers)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
