"""An event comes back from its row as it was, whatever it says."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis.strategies import characters, text
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AgentUttered,
    AllSlotsReset,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    Event,
    FollowupAction,
    LegacyForm,
    LegacyFormValidation,
    LoopInterrupted,
    ReminderCancelled,
    ReminderScheduled,
    Restarted,
    SessionStarted,
    SlotSet,
    StoryExported,
    UserUtteranceReverted,
)
from rasa.shared.utils.common import all_subclasses

from bot.store.event_row import row_of
from bot.store.event_rows import events_of
from tests.unit.bot.store.talk import answered, said, written

_ENTITY = {"entity": "amount", "value": "100", "start": 0, "end": 3}
ONE_OF_EACH: list[Event] = [
    said("付款失败 😀", ranking=[("payment_failure", 0.6), ("topup_failure", 0.2)], user_id="chen"),
    answered("您好", buttons=[{"title": "可以了", "payload": '/rate_service{"stars": "5"}'}]),
    AgentUttered("hello", {"attachment": None}),
    SlotSet("walkthrough", {"topic": "payment_failure", "steps": [1, None, 2.5]}),
    ActionExecuted("action_listen", "RulePolicy", 1.0, hide_rule_turn=True, metadata={"model_id": "1"}),
    ActionExecuted(action_text="says this"),
    ActionExecutionRejected("troubleshooting_form", "RulePolicy", 1.0),
    ActionReverted(),
    UserUtteranceReverted(),
    ActiveLoop("troubleshooting_form"),
    ActiveLoop(None),
    LegacyForm("troubleshooting_form"),
    LoopInterrupted(True),
    LegacyFormValidation(validate=True),
    FollowupAction("troubleshooting_form"),
    DefinePrevUserUtteredFeaturization(True),
    EntitiesAdded([_ENTITY]),
    ConversationPaused(),
    ConversationResumed(),
    SessionStarted(),
    Restarted(),
    AllSlotsReset(),
    ReminderScheduled("greet", datetime(2026, 3, 1, tzinfo=timezone.utc), [_ENTITY], "reminder-1"),
    ReminderCancelled("reminder-1", "greet", [_ENTITY]),
    StoryExported(),
]


def round_trip(event: Event) -> Event:
    return events_of([row_of("conversation-1", event.as_dict())["data"]])[0]


def test_every_type_that_rasa_has_is_tried() -> None:
    known = [kind for kind in all_subclasses(Event) if kind.__module__ == Event.__module__]
    named = {kind for kind in known if not kind.__name__.endswith("Mixin")}
    assert {type(event) for event in ONE_OF_EACH} == named


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type_name)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    again = round_trip(event)
    assert again.as_dict() == event.as_dict()
    assert type(again) is type(event) or isinstance(event, type(again))


@given(text(characters(exclude_categories=())))
@example("😀 NUL \x00 half \ud83d pair")
@example('"\\ud83d"')
def test_a_text_comes_back_as_it_was_and_any_database_can_keep_it(said_text: str) -> None:
    event = written(said_text)
    data = row_of("conversation-1", event.as_dict())["data"]
    assert "\0" not in data
    assert data.encode().decode() == data
    assert round_trip(event).as_dict() == event.as_dict()


def test_chinese_is_kept_readable() -> None:
    assert "付款失败" in row_of("conversation-1", said("付款失败").as_dict())["data"]


@pytest.mark.parametrize(
    ("event", "kind", "name"),
    [
        (said(intent="greet"), "user", "greet"),
        (answered(), "bot", None),
        (SlotSet("language", "zh"), "slot", "language"),
        (ActionExecuted("action_listen"), "action", "action_listen"),
        (ActiveLoop(None), "active_loop", None),
    ],
)
def test_a_row_says_what_its_event_is_of(event: Event, kind: str, name: str | None) -> None:
    event.timestamp = 12.5
    row = row_of("conversation-1", event.as_dict())
    del row["data"]
    assert row == {"conversation_id": "conversation-1", "type": kind, "name": name, "at": 12.5, "message_id": None}


def test_a_row_of_a_message_has_the_id_its_sender_gave_it() -> None:
    assert row_of("conversation-1", {**said().as_dict(), "message_id": "m-1"})["message_id"] == "m-1"


def test_a_type_that_rasa_does_not_know_is_not_passed_over() -> None:
    unknown: dict[str, Any] = {"event": "unheard_of", "timestamp": 1.0}
    with pytest.raises(KeyError):
        events_of([row_of("conversation-1", unknown)["data"]])
