"""What labelled files may hold, and how each thing that is wrong with one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.measure.errors import Unusable
from bot.measure.labelled import Line, read_files, with_known_labels

GOOD = '{"text": "付款失败", "intent": "payment_failure"}\n'
KNOWN = {"payment_failure", "out_of_scope"}


def written(folder: Path, content: str | bytes, name: str = "lines.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_line_is_read_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)

    assert read_files([path]) == [Line("付款失败", "payment_failure", None, f"{path}:1")]


@pytest.mark.parametrize(
    ("name", "field", "language"),
    [
        ("zh_dev.jsonl", "", "zh"),
        ("en_dev.jsonl", "", "en"),
        ("en_dev.jsonl", ', "language": "zh"', "zh"),
        ("en_dev.jsonl", ', "language": null', "en"),
        ("english.jsonl", "", None),
    ],
)
def test_the_language_is_the_line_s_own_else_that_of_the_file_s_name(
    tmp_path: Path, name: str, field: str, language: str | None
) -> None:
    path = written(tmp_path, f'{{"text": "ok", "intent": "affirm"{field}}}', name)

    assert [line.language for line in read_files([path])] == [language]


def test_files_follow_each_other_and_blank_lines_are_no_lines(tmp_path: Path) -> None:
    first, second = written(tmp_path, f"\n{GOOD}\n \n", "a.jsonl"), written(tmp_path, GOOD, "b.jsonl")

    assert [line.place for line in read_files([first, second])] == [f"{first}:2", f"{second}:1"]


def test_a_mark_before_the_first_line_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert [line.text for line in read_files([path])] == ["付款失败"]


def test_a_separator_inside_an_utterance_ends_no_line(tmp_path: Path) -> None:
    path = written(tmp_path, '{"text": "one\u2028two", "intent": "affirm"}')

    assert [line.text for line in read_files([path])] == ["one\u2028two"]


def test_half_a_surrogate_pair_becomes_something_that_can_be_written(tmp_path: Path) -> None:
    path = written(tmp_path, '{"text": "oh \\ud83d", "intent": "affirm"}')

    assert [line.text for line in read_files([path])] == ["oh ?"]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("not JSON", "no JSON"),
        ('{"text": "half', "no JSON"),
        ("[" * 5000, "no JSON"),
        (b"\xff\xfe", "no JSON"),
        ('["text", "intent"]', "not of the form"),
        ("3", "not of the form"),
        ('{"intent": "affirm"}', "'text' is missing"),
        ('{"text": "ok"}', "'intent' is missing"),
        ('{"text": "ok", "intent": null}', "'intent' is missing"),
        ('{"text": 6000, "intent": "affirm"}', "'text' is no text"),
        ('{"text": " ", "intent": "affirm"}', "'text' is no text"),
        ('{"text": "ok", "intent": ["affirm"]}', "'intent' is no text"),
        ('{"text": "ok", "intent": "affirm", "language": "fr"}', "the language 'fr' is none of zh, en"),
        ('{"text": "ok", "intent": "affirm", "language": ["zh"]}', "the language ['zh'] is none of zh, en"),
    ],
)
def test_a_bad_line_is_told_in_one_line_with_file_and_number(tmp_path: Path, bad: str | bytes, told: str) -> None:
    path = written(tmp_path, GOOD.encode() + (bad if isinstance(bad, bytes) else bad.encode()))

    with pytest.raises(Unusable) as caught:
        read_files([path])

    assert str(caught.value).startswith(f"{path}:2: {told}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_a_line_is_refused(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)

    with pytest.raises(Unusable, match="no line in it"):
        read_files([path])


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_what_is_no_file_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_files([tmp_path / name])

    assert str(caught.value).startswith(f"{tmp_path / name}: ")


def test_a_label_that_is_mapped_becomes_the_model_s() -> None:
    lines = [Line("weather", "other", None, "f:1"), Line("declined", "payment_failure", None, "f:2")]

    mapped = with_known_labels(lines, {"other": "out_of_scope"}, KNOWN)

    assert [line.label for line in mapped] == ["out_of_scope", "payment_failure"]


def test_all_labels_that_the_model_does_not_know_are_named_with_where_they_stand_first() -> None:
    lines = [Line("a", label, None, f"f:{number}") for number, label in enumerate(["payment", "fees", "payment"], 1)]

    with pytest.raises(Unusable, match=r"no intent 'fees' \(f:2\), 'payment' \(f:1\); say --label fees=INTENT"):
        with_known_labels(lines, {}, KNOWN)


def test_a_label_mapped_to_what_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(Unusable, match="'nonsense'"):
        with_known_labels([Line("a", "other", None, "f:1")], {"other": "nonsense"}, KNOWN)
