"""The bot's server around its channels: other origins, Rasa's own HTTP, the files of the widget."""

from __future__ import annotations

import gzip
import urllib.request

import pytest

from tests.conversations.visitors import (
    assert_refused,
)
from tests.stack.processes import Stack
from tests.stack.web import call

pytestmark = pytest.mark.conversation


def preflight(stack: Stack, origin: str) -> dict[str, str]:
    url = f"{stack.url('bot')}/webhooks/widget/messages"
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    request = urllib.request.Request(url, headers=asked, method="OPTIONS")  # noqa: S310 - http of the stack
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return {name.lower(): value for name, value in answer.headers.items()}


def test_pages_of_the_wallet_may_use_it_and_others_may_not(stack: Stack) -> None:
    allowed = preflight(stack, stack.url("wallet"))
    assert allowed["access-control-allow-origin"] == stack.url("wallet")
    assert "authorization" in allowed["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in allowed
    like_it = (f"{stack.url('wallet')}.elsewhere.example", stack.url("wallet").replace("127.0", "127x0"))
    for origin in ("https://elsewhere.example", "null", *like_it):
        assert "access-control-allow-origin" not in preflight(stack, origin)


@pytest.mark.parametrize(
    "path",
    ["/conversations/x/tracker", "/model/parse", "/webhooks/rest/webhook", "/status", "/domain", "/nothing"],
)
def test_rasa_s_own_http_api_is_off(stack: Stack, path: str) -> None:
    for method in ("GET", "POST"):
        assert call(method, f"{stack.url('bot')}{path}", {} if method == "POST" else None).status in (404, 405)


def test_an_unknown_address_is_answered_with_a_code(stack: Stack) -> None:
    assert_refused(call("GET", f"{stack.url('bot')}/nothing"), 404, "not_found")


def test_the_widget_is_served_with_its_words(stack: Stack) -> None:
    assert "wallet-hotline" in call("GET", f"{stack.url('bot')}/widget/widget.js").expect(200)
    assert call("GET", f"{stack.url('bot')}/widget/secrets.json").expect(200)


def test_a_file_of_the_widget_comes_compressed_and_is_sent_anew_only_if_it_has_changed(stack: Stack) -> None:
    url = f"{stack.url('bot')}/widget/widget.js"
    plain = call("GET", url)
    packed = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - http of the stack
    with urllib.request.urlopen(packed) as answer:  # noqa: S310
        assert gzip.decompress(answer.read()).decode() == plain.expect(200)
    assert call("GET", url, headers={"If-None-Match": plain.headers["ETag"]}).status == 304


@pytest.mark.parametrize(
    "path", ["../server.py", "%2e%2e/server.py", "README.md", "", "nothing.js", "..%2f..%2fpyproject.toml"]
)
def test_nothing_else_is_served(stack: Stack, path: str) -> None:
    assert call("GET", f"{stack.url('bot')}/widget/{path}").status == 404
