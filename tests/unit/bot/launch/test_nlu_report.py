"""The command before it loads a model: what it refuses, and what it makes of what a model says."""

from __future__ import annotations

import argparse
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from bot.launch.nlu_report import add_parser, parse_lines
from bot.measure.labelled import Line
from bot.measure.rows import NOTHING

LINE = '{"text": "ok", "intent": "affirm"}\n'


class FakeParser:
    """A model that says the same of every text, and remembers the texts."""

    def __init__(self, parsed: dict[str, Any]) -> None:
        self.parsed = parsed
        self.texts: list[str] = []

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        self.texts.append(message_data)
        return self.parsed


def said(*names: str, understood: bool = True, language: str | None = None) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": 0.6 / place} for place, name in enumerate(names, 1)]
    first = ranking[:1] if understood else [{"name": "nlu_fallback", "confidence": 0.7}]
    return {"intent": first[0] if first else {}, "intent_ranking": [*ranking], "entities": [], "language": language}


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["nlu-report", *words])
    return int(arguments.handler(arguments))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A file that tells which intents it knows, and is no model otherwise."""
    metadata = json.dumps({"domain": {"intents": ["affirm", {"deny": {"use_entities": []}}]}}).encode()
    member = tarfile.TarInfo("metadata.json")
    member.size = len(metadata)
    path = tmp_path / "model.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(member, io.BytesIO(metadata))
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text(LINE, encoding="utf-8")
    return path


async def test_a_row_is_what_the_model_says_beside_what_people_said() -> None:
    parser = FakeParser(said("deny", "affirm", language="en"))

    (row,) = await parse_lines(parser, [Line("ok", "affirm", None, "f:1")])

    assert (row.gold, row.predicted, row.confidence, row.ranking) == ("affirm", "deny", 0.6, ("deny", "affirm"))
    assert (row.understood, row.language) == (True, "en")


@pytest.mark.parametrize(
    ("of_line", "of_model", "language"), [("zh", "en", "zh"), (None, "en", "en"), (None, None, "undecided")]
)
async def test_the_language_is_the_line_s_else_what_the_model_detects(
    of_line: str | None, of_model: str | None, language: str
) -> None:
    parser = FakeParser(said("affirm", language=of_model))

    (row,) = await parse_lines(parser, [Line("ok", "affirm", of_line, "f:1")])

    assert row.language == language


async def test_a_row_shows_where_the_bot_would_ask_back() -> None:
    parser = FakeParser(said("affirm", understood=False))

    (row,) = await parse_lines(parser, [Line("ok", "affirm", None, "f:1")])

    assert (row.predicted, row.understood) == ("affirm", False)


async def test_a_text_without_words_is_taken_for_nothing() -> None:
    (row,) = await parse_lines(FakeParser(said()), [Line("!!!", "affirm", None, "f:1")])

    assert (row.predicted, row.confidence, row.ranking, row.understood) == (NOTHING, 0.0, (), False)


async def test_a_typed_command_reaches_the_model_as_text() -> None:
    parser = FakeParser(said("affirm"))

    await parse_lines(parser, [Line("/deny", "affirm", None, "f:1")])

    assert set(parser.texts) == {"\uff0fdeny"}


def test_a_bad_line_is_told_in_one_line_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(LINE + "nonsense\n", encoding="utf-8")

    assert run(str(bad)) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{bad}:2: no JSON")
    assert err.count("\n") == 1


def test_a_label_the_model_does_not_know_is_named(lines: Path, model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(lines), "--model", str(model), "--label", "affirm=yes") == 2

    assert f"no intent 'yes' ({lines}:1)" in capsys.readouterr().err


def test_other_is_out_of_scope_only_for_a_model_that_knows_that(
    tmp_path: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "weather", "intent": "other"}', encoding="utf-8")

    assert run(str(other), "--model", str(model)) == 2

    assert "no intent 'out_of_scope'" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_told(lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(lines), "--model", str(tmp_path / "none.tar.gz")) == 2

    assert capsys.readouterr().err == f"{tmp_path / 'none.tar.gz'}: there is no such model\n"


def test_a_model_that_is_damaged_ends_with_one_line(lines: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(b"no archive")

    with pytest.raises(SystemExit, match="is damaged"):
        run(str(lines), "--model", str(damaged))


@pytest.mark.parametrize("content", [None, "nonsense", "{}", "[" * 5000])
def test_figures_to_compare_with_that_are_none_are_told(
    lines: Path, tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    if content is not None:
        earlier.write_text(content, encoding="utf-8")

    assert run(str(lines), "--against", str(earlier)) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{earlier}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("word", ["other", "other=", "=out_of_scope"])
def test_a_mapping_that_is_none_is_refused(lines: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(str(lines), "--label", word)

    assert caught.value.code == 2
    assert "is not of the form LABEL=INTENT" in capsys.readouterr().err
