"""Rasa's structured events reach the log by their names alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.telemetry.rasa_lines import configure_rasa_lines


@pytest.fixture(autouse=True)
def configured() -> Iterator[None]:
    before = structlog.get_config()
    configure_rasa_lines(logging.INFO)
    yield
    structlog.configure(**before)


def test_the_name_of_an_event_is_kept_and_its_values_are_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    structlog.get_logger("rasa.x").warning("processor.message.odd", text="我的卡号是 4111", event_info="see 4111")
    assert [record.getMessage() for record in caplog.records] == ["processor.message.odd"]
    assert "4111" not in str(vars(caplog.records[0]))


def test_what_users_say_is_not_logged_below_the_wanted_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    structlog.get_logger("rasa.x").debug("processor.message.parse", text="我的卡号是 4111")
    assert not caplog.records


def test_the_level_of_rasas_logger_is_left_as_it_is() -> None:
    logger = logging.getLogger("rasa")
    before = logger.level
    logger.setLevel(logging.ERROR)
    configure_rasa_lines(logging.INFO)
    after = logger.level
    logger.setLevel(before)
    assert after == logging.ERROR


def test_an_error_comes_with_where_it_was_raised(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("bad")
    except ValueError:
        structlog.get_logger("rasa.x").exception("interpolator.failed", response="…")
    assert caplog.records[0].exc_info and isinstance(caplog.records[0].exc_info[1], ValueError)
