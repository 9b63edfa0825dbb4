"""Files of regression tests: what is put behind one another is one list, each line once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.regressions import parse_regressions, read_regressions, without_known, write_regressions
from bot.utterances.utterance import Utterance

LINES = [
    Utterance("it says: [no] 'money' # why", "topup_failure", "en"),
    Utterance("钱没到 " + "很久 " * 60, "topup_failure", "zh"),
]


def bare(lines: list[Utterance]) -> list[tuple[str, str, str]]:
    return [(line.language, line.intent, line.text) for line in lines]


def test_what_is_put_behind_a_file_is_read_with_it() -> None:
    content = "# Comments alone are no line.\n" + "".join(write_regressions([line]) for line in LINES)

    assert bare(parse_regressions(content, "en.yml")) == bare(LINES)


def test_a_file_of_comments_and_no_lines_at_all_hold_nothing() -> None:
    assert parse_regressions("# none yet\n", "en.yml") == []
    assert write_regressions([]) == ""


def test_every_file_of_the_folder_is_read(tmp_path: Path) -> None:
    for name, line in zip(("en.yml", "set.yml"), LINES, strict=True):
        (tmp_path / name).write_text(write_regressions([line]), encoding="utf-8")

    assert bare(read_regressions(tmp_path)) == bare(LINES)


def test_a_line_that_is_there_is_not_put_there_again() -> None:
    again = Utterance("It says: no money, why?", "topup_failure", "en")

    assert without_known([again], LINES) == []
    assert bare(without_known([*LINES, *LINES], [])) == bare(LINES)


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "- [",
        "- text",
        "- {text: a, intent: b}",
        "- {language: fr, intent: a, text: b}",
        "- {language: en, intent: '', text: b}",
    ],
)
def test_what_is_no_list_of_lines_is_told_with_its_file(content: str) -> None:
    with pytest.raises(UnreadableUtterances, match=r"^en\.yml: "):
        parse_regressions(content, "en.yml")
