"""The desk's settings: where they come from and what stops the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.settings import read_settings

TOKEN = "0123456789abcdef0123456789abcdef"
BOT_TOKEN = "fedcba9876543210fedcba9876543210"
SECRETS = {"HOTLINE_DESK_TOKEN": TOKEN, "HOTLINE_BOT_TOKEN": BOT_TOKEN}


def test_one_machine_needs_nothing_but_the_secrets(tmp_path: Path) -> None:
    settings = read_settings(SECRETS, tmp_path)

    assert (settings.host, settings.port, settings.environment) == ("127.0.0.1", 5200, "development")
    assert settings.database_url == "sqlite+aiosqlite:///var/desk.sqlite"
    assert settings.conversations_url == "sqlite:///var/conversations.sqlite"
    assert (settings.bot_url, settings.hours, settings.longest_wait_s) == ("http://127.0.0.1:5005", "always", 900)
    assert (settings.time_zone, settings.proxies) == ("Asia/Shanghai", 0)
    assert (settings.retention_days, settings.outbox_folder) == (365, str(tmp_path / "var/outbox"))


def test_how_much_is_reviewed_is_a_share_of_nothing_to_all(tmp_path: Path) -> None:
    settings = read_settings(SECRETS, tmp_path)
    assert (settings.review_share, settings.review_double) == (10, 10)

    chosen = {"HOTLINE_DESK_REVIEW_SHARE": "0", "HOTLINE_DESK_REVIEW_DOUBLE": "100"}
    settings = read_settings({**SECRETS, **chosen}, tmp_path)
    assert (settings.review_share, settings.review_double) == (0, 100)


def test_outside_development_there_is_a_night(tmp_path: Path) -> None:
    settings = read_settings({**SECRETS, "HOTLINE_ENVIRONMENT": "production"}, tmp_path)

    assert Path(settings.hours).name == "hours.yml"
    assert Path(settings.hours).is_file()


def test_a_calendar_is_looked_for_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "hours.yml").touch()

    assert read_settings({**SECRETS, "HOTLINE_DESK_HOURS": "hours.yml"}, tmp_path).hours == f"{tmp_path}/hours.yml"


def test_the_environment_wins_over_the_env_file_and_that_over_the_secrets(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.env"
    secrets.write_text(
        f"HOTLINE_DESK_TOKEN={TOKEN}\nHOTLINE_BOT_TOKEN={BOT_TOKEN}\nHOTLINE_DESK_PORT=1\nHOTLINE_DESK_HOST=secrets.example\n"
    )
    (tmp_path / ".env").write_text(
        "HOTLINE_SECRETS_FILE=secrets.env\nHOTLINE_DESK_PORT=2\nHOTLINE_DESK_HOST=file.example\n"
    )
    settings = read_settings({"HOTLINE_DESK_PORT": "3"}, tmp_path)

    assert (settings.token, settings.host, settings.port) == (TOKEN, "file.example", 3)


def test_secrets_are_looked_for_where_the_launcher_puts_them(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secrets.env").write_text(f"HOTLINE_DESK_TOKEN={TOKEN}$x\nHOTLINE_BOT_TOKEN={BOT_TOKEN}\n")

    assert read_settings({}, tmp_path).token == f"{TOKEN}$x"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "HOTLINE_DESK_TOKEN"),
        ({"HOTLINE_DESK_TOKEN": TOKEN}, "HOTLINE_BOT_TOKEN"),
        ({**SECRETS, "HOTLINE_BOT_TOKEN": BOT_TOKEN[:31]}, "HOTLINE_BOT_TOKEN"),
        ({**SECRETS, "HOTLINE_BOT_URL": "127.0.0.1:5005"}, "HOTLINE_BOT_URL"),
        ({**SECRETS, "HOTLINE_DATABASE_URL": "mysql://host/name"}, "HOTLINE_DATABASE_URL"),
        ({**SECRETS, "HOTLINE_DESK_HOURS": "missing.yml"}, "HOTLINE_DESK_HOURS"),
        ({**SECRETS, "HOTLINE_DESK_LONGEST_WAIT": "0"}, "HOTLINE_DESK_LONGEST_WAIT"),
        ({**SECRETS, "HOTLINE_DESK_LONGEST_WAIT": "a while"}, "HOTLINE_DESK_LONGEST_WAIT"),
        ({**SECRETS, "HOTLINE_TIME_ZONE": "Mars/Olympus"}, "HOTLINE_TIME_ZONE"),
        ({**SECRETS, "HOTLINE_DESK_PROXIES": "-1"}, "HOTLINE_DESK_PROXIES"),
        ({**SECRETS, "HOTLINE_DESK_REVIEW_SHARE": "101"}, "HOTLINE_DESK_REVIEW_SHARE"),
        ({**SECRETS, "HOTLINE_DESK_REVIEW_DOUBLE": "half"}, "HOTLINE_DESK_REVIEW_DOUBLE"),
        ({**SECRETS, "HOTLINE_RETENTION_DAYS": "-1"}, "HOTLINE_RETENTION_DAYS"),
        ({**SECRETS, "HOTLINE_RETENTION_DAYS": "36501"}, "HOTLINE_RETENTION_DAYS"),
        ({"HOTLINE_DESK_TOKEN": ""}, "HOTLINE_DESK_TOKEN"),
        ({"HOTLINE_DESK_TOKEN": TOKEN[:31]}, "HOTLINE_DESK_TOKEN"),
        ({"HOTLINE_DESK_TOKEN": "changeme" * 4, "HOTLINE_ENVIRONMENT": "production"}, "HOTLINE_DESK_TOKEN"),
        ({"HOTLINE_DESK_TOKEN": TOKEN, "HOTLINE_ENVIRONMENT": "prod"}, "HOTLINE_ENVIRONMENT"),
        ({"HOTLINE_DESK_TOKEN": TOKEN, "HOTLINE_DESK_PORT": "65536"}, "HOTLINE_DESK_PORT"),
        ({"HOTLINE_DESK_TOKEN": TOKEN, "HOTLINE_DESK_PORT": "http"}, "HOTLINE_DESK_PORT"),
    ],
)
def test_a_wrong_variable_stops_the_start_with_one_line_that_names_it(
    tmp_path: Path, environ: dict[str, str], name: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        read_settings(environ, tmp_path)

    assert str(stopped.value).startswith(name)
    assert "\n" not in str(stopped.value)


def test_no_secret_is_shown_with_the_settings(tmp_path: Path) -> None:
    shown = repr(read_settings(SECRETS, tmp_path))

    assert TOKEN not in shown
    assert BOT_TOKEN not in shown
