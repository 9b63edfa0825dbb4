"""The desk's way into the bot: who has it, and what is refused there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conversations.visitors import assert_refused
from tests.stack.switchboard import PLACE, Connection, Switchboard
from tests.stack.web import call
from tests.stack.widget import new_id

pytestmark = pytest.mark.conversation

KINDS = ("messages", "changes", "typing")


def letter_of(connection: Connection, **changes: Any) -> dict[str, Any]:
    """A whole letter, both a line and a change."""
    whole = {"id": new_id(), "number": connection.number, "agent": "李雷", "text": "在的", "change": "claim", **PLACE}
    return {**whole, **changes}


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_without_the_token_of_the_desk_gets_a_word_in(
    switchboard: Switchboard, waiting: Connection, kind: str
) -> None:
    path = f"conversations/{waiting.guest.id}/{kind}"
    body, before = {**letter_of(waiting), "on": True}, waiting.guest.messages()
    others = [switchboard.machine.settings["HOTLINE_DESK_TOKEN"], waiting.guest.token, "x", "", "é", "a" * 5000]
    for token in others:
        assert_refused(switchboard.api.post(path, body, token), 401, "unauthenticated")
    url = f"{switchboard.url}/desk/{path}"
    assert_refused(call("POST", url, body), 401, "unauthenticated")
    basic = {"Authorization": f"Basic {switchboard.machine.settings['HOTLINE_BOT_TOKEN']}"}
    assert_refused(call("POST", url, body, headers=basic), 401, "unauthenticated")
    assert waiting.guest.messages() == before


def test_nobody_without_the_token_of_the_desk_hears_the_news(switchboard: Switchboard, waiting: Connection) -> None:
    url = f"{switchboard.url}/desk/news"
    for token in (switchboard.machine.settings["HOTLINE_DESK_TOKEN"], waiting.guest.token, "x"):
        assert_refused(call("GET", url, token=token), 401, "unauthenticated")
    assert_refused(call("GET", url), 401, "unauthenticated")


def test_the_token_of_the_desk_opens_nothing_of_the_widget(switchboard: Switchboard, waiting: Connection) -> None:
    token = switchboard.machine.settings["HOTLINE_BOT_TOKEN"]
    assert_refused(waiting.guest.get("messages", token), 401, "unauthenticated")


@pytest.mark.parametrize("kind", ["messages", "changes"])
@pytest.mark.parametrize(
    "conversation_id",
    ["nobody", "widget-", "%00", "a" * 500, "..%2F..", "widget-1'%20OR%20'1'='1", "%F0%9F%98%80", "%ed%a0%80"],
)
def test_a_conversation_that_does_not_exist_takes_no_letter(
    switchboard: Switchboard, waiting: Connection, conversation_id: str, kind: str
) -> None:
    answer = switchboard.api.post(f"conversations/{conversation_id}/{kind}", letter_of(waiting))
    assert_refused(answer, 404, "not_found")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"1", b'"x"', b"null", b"[" * 2000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_body_that_is_no_object_is_refused(
    switchboard: Switchboard, waiting: Connection, kind: str, body: bytes
) -> None:
    answer = switchboard.api.post(f"conversations/{waiting.guest.id}/{kind}", body)
    assert_refused(answer, 400, "invalid_request")


@pytest.mark.parametrize("value", ["", "   ", "x" * 65, None, 5, [], {}, "two words", "a\0b", "\ud83d", "编号"])
@pytest.mark.parametrize("kind", ["messages", "changes"])
def test_an_id_that_no_database_keeps_is_refused(
    switchboard: Switchboard, waiting: Connection, kind: str, value: Any
) -> None:
    answer = switchboard.api.post(f"conversations/{waiting.guest.id}/{kind}", letter_of(waiting, id=value))
    assert_refused(answer, 400, "invalid_request")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("number", value) for value in ("", None, 5, "x" * 17)],
        *[("agent", value) for value in ("", " ", 5, [], "x" * 129)],
        *[("change", value) for value in ("", None, 5, [], "request", "answer", "rate", "fly", "CLAIM")],
        *[("position", value) for value in ("1", -1, 1.5, True, [1])],
        *[("wait", value) for value in ("3", 3, [3], [3, 8, 9], [3, "8"], [-1, 8], [True, False], {})],
        *[(name, value) for name in ("due_at", "opens_at") for value in ("soon", 5, "2026-03-13", "2026-03-13T03:10")],
        *[("why", value) for value in ("because", 5, "", [])],
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_nothing_is_kept(
    switchboard: Switchboard, waiting: Connection, field: str, value: Any
) -> None:
    before = waiting.guest.messages()
    answer = switchboard.api.post(
        f"conversations/{waiting.guest.id}/changes", letter_of(waiting, change="requeue") | {field: value}
    )
    assert_refused(answer, 400, "invalid_request")
    assert (waiting.guest.messages(), waiting.state) == (before, "queued")


@pytest.mark.parametrize(("change", "missing"), [("move", "position"), ("requeue", "position"), ("defer", "due_at")])
def test_a_change_whose_line_would_have_a_hole_is_refused(waiting: Connection, change: str, missing: str) -> None:
    assert_refused(waiting.change(change, **{missing: None}), 400, "invalid_request")


@pytest.mark.parametrize("text", ["", " \n", None, 5, [], {}])
def test_a_line_without_a_word_is_refused(waiting: Connection, text: Any) -> None:
    waiting.go("claim")
    assert_refused(waiting.write(text), 400, "invalid_request")


def test_a_refusal_says_nothing_of_what_was_sent(waiting: Connection) -> None:
    told = json.dumps(waiting.change("fly-away-<script>").body)
    assert "fly" not in told
