"""The desk's settings: read once when a command starts, then passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from bot.desk.hours.calendar_file import ALWAYS, STANDARD

ENVIRONMENTS = ("development", "production")
SECRET_LENGTH = 32
# Fewer different characters than this is a word or a key held down, not a random secret.
SECRET_VARIETY = 8
METRICS_TOKEN = "HOTLINE_METRICS_TOKEN"  # noqa: S105 - the name of a setting
LONGEST_RETENTION_DAYS = 36_500


@dataclass(frozen=True)
class Settings:
    """Where the desk listens, what it keeps its hand-offs in, who may speak to it and how it reaches the bot.

    `conversations_url` is the bot's own database. `hours` is `always` or a calendar's file. After `retention_days`
    without activity a conversation is removed, 0 keeps all. `outbox_folder` is where the bot keeps what waits for the
    desk. In `data_folder` stands what the bot is taught, which corrections are compared with. Of the conversations that
    went well `review_share` per cent are reviewed, and `review_double` per cent of all by a second reviewer. Without
    `metrics_token` the figures answer this machine alone.
    """

    environment: str
    host: str
    port: int
    database_url: str
    token: str = field(repr=False)
    bot_token: str = field(repr=False)
    bot_url: str = "http://127.0.0.1:5005"
    conversations_url: str = "sqlite:///var/conversations.sqlite"
    hours: str = ALWAYS
    longest_wait_s: int = 900
    time_zone: str = "Asia/Shanghai"
    proxies: int = 0
    retention_days: int = 0
    outbox_folder: str = "var/outbox"
    data_folder: str = "data"
    review_share: int = 10
    review_double: int = 10
    metrics_token: str | None = field(default=None, repr=False)


def read_settings(environ: Mapping[str, str], folder: Path = Path()) -> Settings:
    """Read the settings from `environ`, over `folder`/.env, over the file of secrets.

    Raises:
        SystemExit: with one line that names the variable which is missing or wrong.
    """
    values = {**_file_values(folder / ".env"), **environ}
    secrets_file = folder / values.get("HOTLINE_SECRETS_FILE", "var/secrets.env")
    values = {**_file_values(secrets_file), **values}
    environment = _environment(values)
    return Settings(
        environment=environment,
        host=values.get("HOTLINE_DESK_HOST", "127.0.0.1"),
        port=_port(values, "HOTLINE_DESK_PORT", 5200),
        database_url=values.get("HOTLINE_DESK_DATABASE_URL", "sqlite+aiosqlite:///var/desk.sqlite"),
        token=_secret(values, "HOTLINE_DESK_TOKEN", environment),
        bot_token=_secret(values, "HOTLINE_BOT_TOKEN", environment),
        bot_url=_url(values, "HOTLINE_BOT_URL", "http://127.0.0.1:5005"),
        conversations_url=_conversations_url(values),
        hours=_hours(values, folder, environment),
        longest_wait_s=_count(values, "HOTLINE_DESK_LONGEST_WAIT", 900, least=1),
        time_zone=_zone(values),
        proxies=_count(values, "HOTLINE_DESK_PROXIES", 0),
        retention_days=_days(values),
        outbox_folder=str(folder / values.get("HOTLINE_OUTBOX_FOLDER", "var/outbox")),
        data_folder=values.get("HOTLINE_DATA_FOLDER", "data"),
        review_share=_per_cent(values, "HOTLINE_DESK_REVIEW_SHARE", 10),
        review_double=_per_cent(values, "HOTLINE_DESK_REVIEW_DOUBLE", 10),
        metrics_token=_secret(values, METRICS_TOKEN, environment) if values.get(METRICS_TOKEN) else None,
    )


def _file_values(path: Path) -> dict[str, str]:
    # A secret may hold a dollar sign, which is not a reference to another variable.
    values = dotenv_values(path, interpolate=False)
    return {name: value for name, value in values.items() if value is not None}


def _environment(values: Mapping[str, str]) -> str:
    environment = values.get("HOTLINE_ENVIRONMENT", "development")
    if environment not in ENVIRONMENTS:
        raise SystemExit(f"HOTLINE_ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}.")
    return environment


def _port(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SystemExit(f"{name} must be a port number from 1 to 65535.")
    return int(text)


def _count(values: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise SystemExit(f"{name} must be a whole number from {least} on.")
    return int(text)


def _per_cent(values: Mapping[str, str], name: str, default: int) -> int:
    share = _count(values, name, default)
    if share > 100:
        raise SystemExit(f"{name} must be a share in per cent, from 0 to 100.")
    return share


def _days(values: Mapping[str, str]) -> int:
    days = _count(values, "HOTLINE_RETENTION_DAYS", 365)
    if days > LONGEST_RETENTION_DAYS:
        raise SystemExit(f"HOTLINE_RETENTION_DAYS must be at most {LONGEST_RETENTION_DAYS}; 0 keeps everything.")
    return days


def _url(values: Mapping[str, str], name: str, default: str) -> str:
    url = values.get(name, default).rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise SystemExit(f"{name} must be an address such as {default}.")
    return url


def _conversations_url(values: Mapping[str, str]) -> str:
    url = values.get("HOTLINE_DATABASE_URL", "sqlite:///var/conversations.sqlite")
    if not url.startswith(("sqlite", "postgresql")):
        raise SystemExit("HOTLINE_DATABASE_URL must be that of a database on SQLite or PostgreSQL.")
    return url


def _hours(values: Mapping[str, str], folder: Path, environment: str) -> str:
    choice = values.get("HOTLINE_DESK_HOURS", "")
    if not choice:
        return ALWAYS if environment == "development" else str(STANDARD)
    if choice != ALWAYS and not (folder / choice).is_file():
        raise SystemExit("HOTLINE_DESK_HOURS must be always, or a calendar's file that exists.")
    return choice if choice == ALWAYS else str(folder / choice)


def _zone(values: Mapping[str, str]) -> str:
    name = values.get("HOTLINE_TIME_ZONE", "Asia/Shanghai")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SystemExit("HOTLINE_TIME_ZONE must be a time zone such as Asia/Shanghai.") from error
    return name


def _secret(values: Mapping[str, str], name: str, environment: str) -> str:
    secret = values.get(name, "")
    if not secret:
        raise SystemExit(
            f"{name} is missing: set it to a random secret of at least {SECRET_LENGTH} characters."
            " On a developer's machine `make run` makes it."
        )
    if len(secret) < SECRET_LENGTH:
        raise SystemExit(f"{name} is too short: a secret has at least {SECRET_LENGTH} characters.")
    if environment != "development" and len(set(secret)) < SECRET_VARIETY:
        raise SystemExit(f"{name} is easily guessed: outside development it must be random.")
    return secret
