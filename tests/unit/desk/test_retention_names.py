"""By what a user is looked for, and in what of the bot's outbox and of a file he is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.desk.retention.outbox import of, packets
from bot.desk.retention.sqlite_file import found_in
from bot.desk.retention.traces import Names


@pytest.mark.parametrize("user_id", ["chen", "chenxiaoming", "u1"])
def test_an_id_that_may_be_a_name_or_a_number_does_not_tell_by_itself(user_id: str) -> None:
    assert not Names(user_id).is_telling
    assert Names(user_id).spelled() == set()


def test_an_id_that_is_nothing_else_tells() -> None:
    assert Names("u-10293").spelled() == {"u-10293"}


def test_a_name_is_looked_for_as_it_is_in_addresses_and_in_json() -> None:
    needles = Names("chen", frozenset({'wechat:"李"'})).needles()

    assert set(needles) == {
        'wechat:"李"',
        'wechat:\\"李\\"',
        'wechat:\\"\\u674e\\"',
        "wechat%3A%22%E6%9D%8E%22",
        '"user_id": "chen"',
        '"user_id":"chen"',
    }


def test_what_waits_is_found_by_user_conversation_and_number(tmp_path: Path) -> None:
    for name, told in {
        "WH-1.json": {"number": "WH-1", "conversation_id": "c-1", "user_id": "chen"},
        "WH-2.refused": {"number": "WH-2", "conversation_id": "c-2", "user_id": None},
        "WH-3-withdrawn.json": {"number": "WH-3", "withdrawn": True},
        "WH-4.json": {"number": "WH-4", "conversation_id": "c-4", "user_id": "li"},
    }.items():
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")

    found = of(tmp_path, "chen", {"c-2"}, {"WH-3"})

    assert [packet.path.name for packet in found] == ["WH-1.json", "WH-2.refused", "WH-3-withdrawn.json"]


@pytest.mark.parametrize("content", ["", '{"number": "WH-', "[1]"])
def test_what_cannot_be_read_is_known_by_the_name_of_its_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "WH-5-withdrawn.part").write_text(content, encoding="utf-8")

    assert [packet.number for packet in packets(tmp_path)] == ["WH-5"]


def test_without_a_folder_nothing_waits(tmp_path: Path) -> None:
    assert packets(tmp_path / "outbox") == []


def test_a_name_is_found_in_a_file_also_where_two_pieces_of_it_meet(tmp_path: Path) -> None:
    file = tmp_path / "some.sqlite"
    file.write_bytes(b"x" * ((1 << 20) - 3) + b"widget-a1" + b"y" * 100)
    file.with_name("some.sqlite-wal").write_bytes(b"WH-1")

    assert found_in(file, ["widget-a1", "WH-1"]) == 2
    assert found_in(file, ["widget-a2"]) == 0
