"""The desk's settings: where they come from and what stops the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.settings import read_settings

TOKEN = "0123456789abcdef0123456789abcdef"


def test_one_machine_needs_nothing_but_the_secret(tmp_path: Path) -> None:
    settings = read_settings({"HOTLINE_DESK_TOKEN": TOKEN}, tmp_path)

    assert (settings.host, settings.port, settings.environment) == ("127.0.0.1", 5200, "development")
    assert settings.database_url == "sqlite+aiosqlite:///var/desk.sqlite"


def test_the_environment_wins_over_the_env_file_and_that_over_the_secrets(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.env"
    secrets.write_text(f"HOTLINE_DESK_TOKEN={TOKEN}\nHOTLINE_DESK_PORT=1\nHOTLINE_DESK_HOST=secrets.example\n")
    (tmp_path / ".env").write_text(
        "HOTLINE_SECRETS_FILE=secrets.env\nHOTLINE_DESK_PORT=2\nHOTLINE_DESK_HOST=file.example\n"
    )
    settings = read_settings({"HOTLINE_DESK_PORT": "3"}, tmp_path)

    assert (settings.token, settings.host, settings.port) == (TOKEN, "file.example", 3)


def test_secrets_are_looked_for_where_the_launcher_puts_them(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secrets.env").write_text(f"HOTLINE_DESK_TOKEN={TOKEN}$x\n")

    assert read_settings({}, tmp_path).token == f"{TOKEN}$x"


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "HOTLINE_DESK_TOKEN"),
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


def test_the_secret_is_not_shown_with_the_settings(tmp_path: Path) -> None:
    assert TOKEN not in repr(read_settings({"HOTLINE_DESK_TOKEN": TOKEN}, tmp_path))
