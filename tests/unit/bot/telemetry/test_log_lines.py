"""One line of JSON per event, with the id of its request and nothing that may be private."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from bot.telemetry import request_ids
from bot.telemetry.log_lines import JsonLines


def line_of(name: str, message: str, *values: Any, level: int = logging.INFO, **more: Any) -> dict[str, Any]:
    """What stands in the log of such a record."""
    record = logging.LogRecord(name, level, "file.py", 1, message, values, more.pop("exc_info", None))
    record.__dict__.update(more)
    text = JsonLines().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def raised(error: Exception) -> Any:
    """What the logging of an error is given."""
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_a_line_says_when_how_bad_who_and_what() -> None:
    line = line_of("bot.store", "kept %d", 3, level=logging.WARNING)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "warning", "logger": "bot.store", "message": "kept 3"}


def test_what_a_record_carries_goes_into_its_line() -> None:
    assert line_of("bot.x", "request", fields={"status": 200, "route": "/health"})["status"] == 200


def test_a_line_bears_the_id_of_the_request_that_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telemetry.log_lines.current_request_id", lambda: "turn-17")
    assert line_of("rasa.core", "anything")["request_id"] == "turn-17"


def test_no_request_no_id() -> None:
    assert request_ids.current_request_id() is None
    assert "request_id" not in line_of("bot.x", "started")


def test_words_of_libraries_are_masked_and_ours_are_not() -> None:
    assert line_of("rasa.core.processor", "Parsing '付款失败' took 13912345678")["message"] == "Parsing … took …"
    assert line_of("bot.desk.letters", "hand-off WH-7K3M-Q9TD is over: 'it'")["message"].endswith("'it'")


def test_an_error_says_where_it_was_raised_and_not_whom_it_is_about() -> None:
    try:
        raise KeyError("13912345678")
    except KeyError as first:
        error = ValueError("no number: '我的密码是 rain'")
        error.__cause__ = first
    exception = line_of("bot.x", "failed", exc_info=raised(error))["exception"]
    assert "in raised" in exception
    assert "ValueError: no number: …" in exception
    assert "13912345678" not in exception.replace('KeyError("13912345678")', "")
    assert "rain" not in exception


def test_a_value_that_is_no_json_does_not_lose_the_line() -> None:
    assert line_of("bot.x", "odd", fields={"path": JsonLines})["path"]
