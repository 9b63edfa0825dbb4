"""The check of an action's answer says the same as Rasa's own."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.runtime.action_results import _validate_action_result

SLOT = {"event": "slot", "name": "language", "value": "en", "timestamp": None}
GOOD: list[dict[str, Any]] = [
    {"events": [], "responses": []},
    {},
    {"events": [SLOT, {"event": "followup", "name": "troubleshooting_form", "timestamp": None}]},
    {"events": [{"event": "active_loop", "name": None}], "responses": [{"response": "utter_greet", "buttons": []}]},
    {"events": [{"event": "pause"}, {"event": "resume"}, {"event": "action", "name": "action_listen"}]},
]
BAD: list[dict[str, Any]] = [
    {"events": "none"},
    {"events": [{"name": "language"}]},
    {"events": [{"event": "no such event"}]},
    {"events": [{"event": "slot", "name": "language"}]},
    {"events": [SLOT, {"event": "slot", "value": 1}]},
    {"events": [{**SLOT, "timestamp": "now"}]},
    {"responses": ["hello"]},
]


@pytest.fixture
def action() -> RemoteAction:
    return RemoteAction("action_cancel", None)


@pytest.mark.parametrize("result", GOOD)
def test_what_rasa_takes_is_taken(action: RemoteAction, result: dict[str, Any]) -> None:
    assert RASAS_OWN(action, result)
    assert _validate_action_result(action, result)


@pytest.mark.parametrize("result", BAD)
def test_what_rasa_refuses_is_refused(action: RemoteAction, result: dict[str, Any]) -> None:
    for check in (RASAS_OWN, _validate_action_result):
        with pytest.raises(ValidationError):
            check(action, result)


def test_every_type_of_event_that_rasa_lists_has_a_validator(action: RemoteAction) -> None:
    items = RemoteAction.action_response_format_spec()["properties"]["events"]["items"]
    for branch in items["oneOf"]:
        name = branch["properties"]["event"]["const"]
        event = {"event": name, "timestamp": "no number"}
        with pytest.raises(ValidationError):
            _validate_action_result(action, {"events": [event]})


# Taken at import, before a server in this process may have put the compiled check in its place.
RASAS_OWN = RemoteAction._validate_action_result
