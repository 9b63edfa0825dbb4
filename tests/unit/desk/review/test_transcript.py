"""The entries of a transcript: days and silences, episodes, what is masked, what the bot did."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.desk.review.entries import Begins, Behind, Changed, Entry, Episode, Line, Pause
from bot.desk.review.transcript import Added, transcript_of
from bot.store.lines import Piece, StoredEvent

SHANGHAI = ZoneInfo("Asia/Shanghai")
# 1 March 2026, 23:50 in Shanghai.
AT = 1772380200.0
USER_ID = "user-77c41d9e20"


def entries(*events: tuple[float, dict[str, Any]], before_at: float | None = None, **added: Any) -> list[Entry]:
    """The entries of events at so many seconds after AT."""
    stored = [StoredEvent(seq, AT + after, data) for seq, (after, data) in enumerate(events, 1)]
    piece = Piece(tuple(stored), before_at)
    return transcript_of(piece, USER_ID, Added(**added), SHANGHAI, is_behind_wanted=True)


def said(text: str = "hello") -> dict[str, Any]:
    return {"event": "bot", "text": text}


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(599, None), (600, ("minutes", 10)), (7199, ("hours", 1)), (2 * 86400 + 5, ("days", 2))],
)
def test_a_silence_is_told_from_ten_minutes_on(seconds: float, told: tuple[str, int] | None) -> None:
    first, *others = (entry for entry in entries((600, said()), (600 + seconds, said())) if isinstance(entry, Pause))

    assert (first.is_new_day, first.unit) == (True, None)
    assert [(pause.unit, pause.count) for pause in others] == ([told] if told else [])


def test_midnight_in_the_desks_zone_begins_a_day() -> None:
    found = [entry for entry in entries((0, said()), (300, said()), (601, said())) if isinstance(entry, Pause)]

    assert [pause.is_new_day for pause in found] == [True, True]
    assert found[1].unit is None


def test_a_piece_goes_on_where_the_one_before_it_ended() -> None:
    assert [type(entry) for entry in entries((0, said()), before_at=AT - 5)] == [Line]


def test_an_episode_begins_before_its_first_line_and_only_in_its_own_piece() -> None:
    came_for = [Episode(1, AT - 50, "ask_fees", None, None), Episode(2, AT + 10, "ask_limits", None, None)]

    found = entries((0, said()), (10, said()), before_at=AT - 20, episodes=came_for)

    assert [type(entry) for entry in found] == [Line, Begins, Line]
    assert isinstance(found[1], Begins)
    assert found[1].episode.number == 2


def test_texts_buttons_and_entities_are_masked() -> None:
    parsed = {"intent": {"name": "ask_usage"}, "entities": [{"entity": "phone", "value": "13812345678"}]}
    user = {"event": "user", "text": f"{USER_ID} here", "parse_data": parsed}
    bot = {"event": "bot", "text": "call 13812345678", "data": {"buttons": [{"title": "pay_9f1c0a7be24d5310"}]}}

    lines = [entry for entry in entries((0, user), (1, bot)) if isinstance(entry, Line)]

    assert lines[0].text == "••••9e20 here"
    assert lines[0].understanding
    assert lines[0].understanding.entities == (("phone", "••••78"),)
    assert (lines[1].text, lines[1].buttons) == ("call ••••78", ("••••5310",))


def test_only_a_line_that_had_to_be_understood_may_be_corrected() -> None:
    typed = {"event": "user", "text": "fees?", "parse_data": {"intent": {"name": "ask_fees"}, "language": "en"}}
    pressed = {"event": "user", "text": "Fees", "parse_data": {"intent": {"name": "ask_fees"}}}

    lines = [entry for entry in entries((0, typed), (1, pressed), (2, said())) if isinstance(entry, Line)]

    assert [line.may_be_corrected for line in lines] == [True, False, False]


def test_a_slot_that_stays_what_it_was_says_nothing() -> None:
    standing = {"state": "queued", "change": "queue", "number": "WH-7K3M-Q9TD"}
    found = entries(
        (0, slot("language", "en")),
        (1, slot("handoff", standing)),
        (2, slot("language", "en")),
        (3, slot("handoff", standing)),
    )

    assert [type(entry) for entry in found] == [Behind, Changed]
    assert isinstance(found[0], Behind)
    assert [(deed.kind, deed.name, deed.result) for deed in found[0].deeds] == [("slot", "language", "en")]


def test_what_the_bot_did_at_once_stands_in_one_group_and_its_waiting_in_none() -> None:
    action, listen = {"event": "action", "name": "action_rate"}, {"event": "action", "name": "action_listen"}

    found = entries((0, action), (0, slot("step_result", "13812345678")), (0, listen), (1, said()), (2, listen))

    assert [type(entry) for entry in found] == [Behind, Pause, Line]
    assert isinstance(found[0], Behind)
    assert [(deed.kind, deed.result) for deed in found[0].deeds] == [("action", ""), ("slot", "••••78")]
