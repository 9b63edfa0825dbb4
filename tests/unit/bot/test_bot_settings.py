"""Settings of the bot: what is missing or wrong is named in one line."""

from __future__ import annotations

import pytest

from bot.settings import Settings, widget_limits

SECRETS = {
    "HOTLINE_SESSION_SECRET": "s" * 48,
    "HOTLINE_USER_TOKEN_SECRET": "u" * 48,
    "HOTLINE_BOT_TOKEN": "b" * 48,
}


def read(**environment: str) -> Settings:
    return Settings.from_environment({**SECRETS, **environment})


def test_pages_of_the_demo_may_show_the_widget_in_development_alone() -> None:
    assert "http://127.0.0.1:5100" in read().widget_origins
    assert read(HOTLINE_ENVIRONMENT="production").widget_origins == ()


def test_several_pages_may_show_it() -> None:
    origins = "https://app.example https://m.app.example:8443 http://[::1]:5100"
    assert read(HOTLINE_WIDGET_ORIGINS=origins).widget_origins == tuple(origins.split())


@pytest.mark.parametrize("origin", ["*", "app.example", "https://app.example/", "https://app.example/a", "null"])
def test_what_is_no_origin_is_named(origin: str) -> None:
    with pytest.raises(SystemExit, match="HOTLINE_WIDGET_ORIGINS"):
        read(HOTLINE_WIDGET_ORIGINS=origin)


@pytest.mark.parametrize("count", ["-1", "many", "1.5", "１"])
def test_what_is_no_number_is_named(count: str) -> None:
    with pytest.raises(SystemExit, match="HOTLINE_PROXIES"):
        read(HOTLINE_PROXIES=count)
    with pytest.raises(SystemExit, match="HOTLINE_WIDGET_STREAMS_PER_SESSION"):
        widget_limits({"HOTLINE_WIDGET_STREAMS_PER_SESSION": count})


def test_limits_can_be_set() -> None:
    assert widget_limits({"HOTLINE_WIDGET_MESSAGES_PER_SESSION": "7"}).messages_per_session == 7
