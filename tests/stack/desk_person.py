"""Somebody who works at the desk, over the same HTTP as his browser."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from threading import Event, Thread

from tests.stack.processes import Stack
from tests.stack.web import WebAnswer

PASSWORD = "a-desk-of-oak-2026"
_CSRF_OF_FORM = re.compile(r'name="csrf" value="([^"]+)"')
_CSRF_OF_PAGE = re.compile(r'"X-CSRF-Token": "([^"]+)"')
_ANSWER_SECONDS, _STREAM_SECONDS, _POLL_SECONDS = 20, 40, 0.2


class DeskPerson:
    """One browser of one agent. ``name`` is what he signs in with, ``display_name`` what users see."""

    answer_seconds: float = _ANSWER_SECONDS  # how long he waits for a page

    def __init__(self, stack: Stack, name: str, display_name: str) -> None:
        self.name, self.display_name = name, display_name
        self._url = stack.url("desk")
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._csrf = ""

    @classmethod
    def new(cls, stack: Stack, name: str, display_name: str, role: str = "agent", language: str = "en") -> DeskPerson:
        """Somebody whom the command line has just made known to the desk, signed in."""
        about = ["--role", role, "--display-name", display_name, "--language", language, "--password-stdin"]
        stack.run("bot", "desk", "add-user", name, *about, typed=f"{PASSWORD}\n")
        person = cls(stack, name, display_name)
        person.sign_in()
        return person

    def sign_in(self) -> None:
        """Sign in as a browser does, with the form that the desk shows."""
        form = self.get("/sign-in").expect(200)
        self._csrf = _found(_CSRF_OF_FORM, form)
        self.post("/sign-in", name=self.name, password=PASSWORD).expect(200)
        self._csrf = _found(_CSRF_OF_PAGE, self.get("/").expect(200))

    def get(self, path: str) -> WebAnswer:
        """Look at a page."""
        return self._open(urllib.request.Request(self._url + path))  # noqa: S310 - http from the stack

    def post(self, path: str, **fields: str) -> WebAnswer:
        """Send a form."""
        content = urllib.parse.urlencode({"csrf": self._csrf, **fields}).encode()
        return self._open(urllib.request.Request(self._url + path, content))  # noqa: S310

    def be(self, status: str) -> None:
        """Be ``available`` or ``away``."""
        self.post("/presence", status=status).expect(200)

    @contextmanager
    def on_duty(self) -> Iterator[None]:
        """Available, with a page open, for as long as the block lasts; also while the desk starts anew."""
        is_over = Event()
        looking = Thread(target=self._look, args=(is_over,), daemon=True)
        self.be("available")
        looking.start()
        try:
            yield
        finally:
            is_over.set()
            with suppress(OSError):
                self.be("away")
            looking.join(_STREAM_SECONDS)

    def claim(self, number: str) -> WebAnswer:
        """Take a hand-off out of the queue."""
        return self.post(f"/handoffs/{number}/claim")

    def write(self, number: str, text: str, letter_id: str | None = None) -> WebAnswer:
        """Write to the user; the same id again is the same line."""
        return self.post(f"/handoffs/{number}/messages", text=text, letter_id=letter_id or str(uuid.uuid4()))

    def change(self, number: str, name: str) -> None:
        """Hold, resume, return, resolve or defer."""
        self.post(f"/handoffs/{number}/change/{name}").expect(204)

    def _look(self, is_over: Event) -> None:
        while not is_over.is_set():
            with suppress(OSError), self._browser.open(f"{self._url}/live", timeout=_STREAM_SECONDS) as stream:
                while not is_over.is_set() and stream.readline():
                    pass
            time.sleep(_POLL_SECONDS)

    def _open(self, request: urllib.request.Request) -> WebAnswer:
        try:
            with self._browser.open(request, timeout=self.answer_seconds) as answer:
                return WebAnswer(answer.status, answer.read().decode(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return WebAnswer(error.code, error.read().decode(), dict(error.headers))


def _found(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    assert found, f"{pattern.pattern} is not in the page\n{page[:2000]}"
    return found[1].replace("&#34;", '"')
