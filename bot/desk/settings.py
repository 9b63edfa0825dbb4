"""The desk's settings: read once when a command starts, then passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

ENVIRONMENTS = ("development", "production")
SECRET_LENGTH = 32
# Fewer different characters than this is a word or a key held down, not a random secret.
SECRET_VARIETY = 8


@dataclass(frozen=True)
class Settings:
    """Where the desk listens, what it keeps its cases in, and who may speak to it."""

    environment: str
    host: str
    port: int
    database_url: str
    token: str = field(repr=False)


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


def _secret(values: Mapping[str, str], name: str, environment: str) -> str:
    secret = values.get(name, "")
    if not secret:
        raise SystemExit(f"{name} is missing: set it to a random secret of at least {SECRET_LENGTH} characters.")
    if len(secret) < SECRET_LENGTH:
        raise SystemExit(f"{name} is too short: a secret has at least {SECRET_LENGTH} characters.")
    if environment != "development" and len(set(secret)) < SECRET_VARIETY:
        raise SystemExit(f"{name} is easily guessed: outside development it must be random.")
    return secret
