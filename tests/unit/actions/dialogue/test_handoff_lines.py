"""What the user hears of a hand-off: a line for each state, none with a hole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.dialogue.handoff import rating_buttons, tell
from bot.handoff.states import State
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.responses import placeholders, render
from wallet.contract.encoding import to_json

AT = to_json(NOW)

PLACE = {"position": 2, "wait": [3, 8]}

# Where the conversation stands, by which change, what is said of it.
LINES: list[tuple[str, str, dict[str, Any], str]] = [
    ("requested", "request", {}, "utter_handoff_kept"),
    ("queued", "queue", PLACE, "utter_handoff_queued"),
    ("queued", "queue", {"position": 2, "wait": None}, "utter_handoff_queued_open"),
    ("queued", "requeue", {**PLACE, "agent": "李雷"}, "utter_handoff_requeued"),
    ("queued", "requeue", {"position": 1, "wait": None, "agent": None}, "utter_handoff_requeued_open"),
    ("queued", "move", {"position": 1, "wait": None}, "utter_handoff_next"),
    ("claimed", "claim", {"agent": "李雷"}, "utter_handoff_claim"),
    ("claimed", "claim", {"agent": None}, "utter_handoff_claim"),
    ("claimed", "transfer", {"agent": "韩梅梅"}, "utter_handoff_transfer"),
    ("on_hold", "hold", {"agent": "李雷"}, "utter_handoff_hold"),
    ("active", "resume", {"agent": "李雷"}, "utter_handoff_resume"),
    ("returned", "return", {"agent": "李雷"}, "utter_handoff_return"),
    ("resolved", "resolve", {"agent": "李雷"}, "utter_handoff_resolve"),
    ("cancelled", "cancel", {}, "utter_handoff_cancel"),
    ("case", "defer", {"due_at": AT, "why": "closed", "opens_at": AT}, "utter_handoff_case_closed"),
    ("case", "defer", {"due_at": AT, "why": "closed", "opens_at": None}, "utter_handoff_case_made"),
    ("case", "defer", {"due_at": AT, "why": "nobody"}, "utter_handoff_case_nobody"),
    ("case", "defer", {"due_at": AT, "why": "waited"}, "utter_handoff_case_waited"),
    ("case", "defer", {"due_at": AT, "why": None}, "utter_handoff_case_made"),
]

# What is said of it to one who asks again while he waits.
AGAIN: list[tuple[str, str, dict[str, Any], str]] = [
    ("requested", "request", {}, "utter_handoff_waiting"),
    ("queued", "queue", PLACE, "utter_handoff_queued"),
    ("queued", "move", PLACE, "utter_handoff_queued"),
    ("queued", "move", {"position": 1, "wait": None}, "utter_handoff_queued_open"),
    ("case", "defer", {"due_at": AT, "why": "nobody"}, "utter_case_exists"),
]


@pytest.fixture(params=["zh", "en"])
def guest(request: pytest.FixtureRequest) -> Conversation:
    """A guest of each language."""
    return Conversation(user_id=None, language=request.param)


def assert_told_without_a_hole(guest: Conversation, line: str, language: str) -> None:
    """This line was said, every value of it filled in."""
    message = guest.values(line)
    assert placeholders(line, language) <= set(message)
    assert None not in (message[name] for name in placeholders(line, language))
    assert "None" not in render(message, language)


@pytest.mark.parametrize(("state", "change", "more", "line"), LINES, ids=[f"{row[1]}: {row[3]}" for row in LINES])
def test_every_change_has_a_line_without_a_hole(
    guest: Conversation, state: str, change: str, more: dict[str, Any], line: str
) -> None:
    guest.hand_off(state, change=change, **more)
    tell(guest.turn(), guest.slots["handoff"])

    assert guest.said == [line]
    assert_told_without_a_hole(guest, line, guest.slots["language"])


def test_the_lines_are_about_every_state_in_which_somebody_may_be_told_of() -> None:
    assert {row[0] for row in LINES} == {state.value for state in State} - {"bot", "rated"}


@pytest.mark.parametrize(("state", "change", "more", "line"), AGAIN, ids=[f"{row[1]}: {row[3]}" for row in AGAIN])
def test_who_asks_again_always_hears_something(
    guest: Conversation, state: str, change: str, more: dict[str, Any], line: str
) -> None:
    guest.hand_off(state, change=change, **more)
    tell(guest.turn(), guest.slots["handoff"], is_known=True)

    assert guest.said == [line]
    assert_told_without_a_hole(guest, line, guest.slots["language"])


@pytest.mark.parametrize(("state", "offered"), [("queued", ["/cancel"]), ("requested", []), ("claimed", [])])
def test_the_queue_alone_can_be_left_by_a_button(guest: Conversation, state: str, offered: list[str]) -> None:
    guest.hand_off(state, change="claim" if state == "claimed" else "queue", **PLACE)
    tell(guest.turn(), guest.slots["handoff"])

    assert guest.payloads() == offered


@pytest.mark.parametrize("rates", ["bot", "person"])
def test_the_stars_say_whom_they_rate(guest: Conversation, rates: str) -> None:
    payloads = [button.payload for button in rating_buttons(guest.turn(), rates)]

    assert [json.loads(payload.removeprefix("/rate_service")) for payload in payloads] == [
        {"stars": str(stars), "rates": rates} for stars in range(1, 6)
    ]
