"""The cells of a row."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.desk.agents.payloads import Language
from bot.desk.export.cells import COLUMNS, Asked, Told, cells_of, harmless
from bot.desk.web.texts import read_texts
from bot.store.conversations import Conversation

TEXTS = read_texts()
PLAIN = Conversation(id="c1", first_at=1_772_353_001.0, last_at=1_772_353_061.9, last_event_id=1, sample=1)


def row(told: Told, language: Language = Language.EN) -> dict[str, str]:
    return dict(zip(COLUMNS, cells_of(told, ZoneInfo("Asia/Shanghai"), TEXTS[language]), strict=True))


@pytest.mark.parametrize("beginning", list("=+-@\t\r\n＝＋－＠"))
def test_what_a_spreadsheet_would_calculate_is_a_text(beginning: str) -> None:
    assert harmless(f"{beginning}1+1") == f"'{beginning}1+1"


@pytest.mark.parametrize("text", ["", "a=b", "付款", "1.5", "'", " "])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_what_is_not_known_is_empty_and_what_is_nought_is_not() -> None:
    cells = row(Told(PLAIN))

    assert [cells[name] for name in ("channel", "topic", "lowest_confidence", "rating", "handoff_number")] == [""] * 5
    assert [cells[name] for name in ("episodes", "user_messages", "fallbacks")] == ["0"] * 3


def test_times_are_those_of_the_zone() -> None:
    cells = row(Told(PLAIN))

    assert (cells["first"], cells["last"]) == ("2026-03-01 16:16:41", "2026-03-01 16:17:41")


def test_yes_and_no_are_said_in_the_language_of_the_reader() -> None:
    reviewed = Told(PLAIN, verdicts=["handled_well"])

    assert (row(reviewed)["reviewed"], row(reviewed, Language.ZH)["reviewed"]) == ("yes", "是")
    assert (row(Told(PLAIN))["reviewed"], row(Told(PLAIN), Language.ZH)["verified"]) == ("no", "否")


def test_a_hand_off_at_once_took_no_second() -> None:
    cells = row(Told(PLAIN, asked=Asked("WH-1", "asked", 0)))

    assert (cells["handoff_number"], cells["seconds_to_person"]) == ("WH-1", "0")
