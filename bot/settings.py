"""Settings of the bot's process and of its command line, read once and passed in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

SECRETS_FILE = "var/secrets.env"
SECRETS = (
    "HOTLINE_SESSION_SECRET",
    "HOTLINE_USER_TOKEN_SECRET",
    "HOTLINE_WALLET_TOKEN_SECRET",
    "HOTLINE_WALLET_SUPPORT_TOKEN",
    "HOTLINE_DESK_TOKEN",
    "HOTLINE_BOT_TOKEN",
)
METRICS_TOKEN = "HOTLINE_METRICS_TOKEN"  # noqa: S105 - the name of a setting
_SHORTEST_SECRET = 32
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+")


@dataclass(frozen=True)
class WidgetLimits:
    """The most a minute that the widget's channel takes, and the most streams open at a time.

    Many people may share an address, so it is allowed many times what a session is.
    """

    messages_per_session: int
    requests_per_address: int
    sessions_per_address: int
    streams_per_session: int
    streams_per_address: int


@dataclass(frozen=True)
class Settings:
    """Addresses, folders and secrets. ``action_server_url`` is None while actions run inside the bot.

    ``loads_tensorflow`` also where the model does not need it, see bot/runtime/without_tensorflow.py.
    ``bot_token`` is what the desk shows. ``widget_origins`` are those of host applications, ``proxies`` counts the
    trusted ones before this process. Without ``metrics_token`` the figures answer this machine alone.
    """

    environment: str
    host: str
    port: int
    wallet_url: str
    desk_url: str
    database_url: str
    models_folder: Path
    log_folder: Path
    secrets_file: Path
    action_server_url: str | None
    loads_tensorflow: bool
    session_secret: str
    user_token_secret: str
    bot_token: str
    widget_origins: tuple[str, ...]
    proxies: int
    metrics_token: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises SystemExit with one line for what is missing or wrong."""
        name = environment.get("HOTLINE_ENVIRONMENT", "development")
        if name not in ("development", "production"):
            raise SystemExit(f"HOTLINE_ENVIRONMENT is development or production, not {name!r}")
        return cls(
            environment=name,
            host=environment.get("HOTLINE_BOT_HOST", "127.0.0.1"),
            port=port_of(environment, "HOTLINE_BOT_PORT", 5005),
            wallet_url=environment.get("HOTLINE_WALLET_URL", "http://127.0.0.1:5100").rstrip("/"),
            desk_url=environment.get("HOTLINE_DESK_URL", "http://127.0.0.1:5200").rstrip("/"),
            database_url=environment.get("HOTLINE_DATABASE_URL", "sqlite:///var/conversations.sqlite"),
            models_folder=Path(environment.get("HOTLINE_MODELS_FOLDER", "models")),
            log_folder=Path(environment.get("HOTLINE_LOG_FOLDER", "var/log")),
            secrets_file=Path(environment.get("HOTLINE_SECRETS_FILE", SECRETS_FILE)),
            action_server_url=environment.get("HOTLINE_ACTION_SERVER_URL") or None,
            loads_tensorflow=loads_tensorflow(environment),
            session_secret=_secret(environment, "HOTLINE_SESSION_SECRET"),
            user_token_secret=_secret(environment, "HOTLINE_USER_TOKEN_SECRET"),
            bot_token=_secret(environment, "HOTLINE_BOT_TOKEN"),
            widget_origins=_origins(environment, name == "development"),
            proxies=_count(environment, "HOTLINE_PROXIES", 0),
            metrics_token=_secret(environment, METRICS_TOKEN) if environment.get(METRICS_TOKEN) else None,
        )

    @property
    def is_development(self) -> bool:
        """Whether this is a machine to try things on."""
        return self.environment == "development"

    @property
    def url(self) -> str:
        """Where the bot listens."""
        return f"http://{self.host}:{self.port}"


def loads_tensorflow(environment: Mapping[str, str]) -> bool:
    """Whether TensorFlow is wanted even where the model does not need it. Raises SystemExit for another word."""
    choice = environment.get("HOTLINE_TENSORFLOW", "auto")
    if choice not in ("auto", "load"):
        raise SystemExit(f"HOTLINE_TENSORFLOW is auto or load, not {choice!r}")
    return choice == "load"


def widget_limits(environment: Mapping[str, str]) -> WidgetLimits:
    """The limits of the widget's channel. Raises SystemExit for one that is no number."""
    return WidgetLimits(
        messages_per_session=_count(environment, "HOTLINE_WIDGET_MESSAGES_PER_SESSION", 30),
        requests_per_address=_count(environment, "HOTLINE_WIDGET_REQUESTS_PER_ADDRESS", 600),
        sessions_per_address=_count(environment, "HOTLINE_WIDGET_SESSIONS_PER_ADDRESS", 120),
        streams_per_session=_count(environment, "HOTLINE_WIDGET_STREAMS_PER_SESSION", 12),
        streams_per_address=_count(environment, "HOTLINE_WIDGET_STREAMS_PER_ADDRESS", 240),
    )


def _origins(environment: Mapping[str, str], is_development: bool) -> tuple[str, ...]:
    """Where pages may show the widget: scheme, host and port of each. Raises SystemExit for anything else."""
    default = "http://127.0.0.1:5100 http://localhost:5100" if is_development else ""
    origins = environment.get("HOTLINE_WIDGET_ORIGINS", default).split()
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SystemExit(f"HOTLINE_WIDGET_ORIGINS names what is no origin such as https://app.example: {origin!r}")
    return tuple(origins)


def _count(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise SystemExit(f"{name} is not a whole number: {text!r}")
    return int(text)


def port_of(environment: Mapping[str, str], name: str, default: int) -> int:
    """A port of the environment. Raises SystemExit when it is none."""
    text = environment.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SystemExit(f"{name} is not a port: {text!r}")
    return int(text)


def _secret(environment: Mapping[str, str], name: str) -> str:
    secret = environment.get(name, "")
    if not secret:
        raise SystemExit(f"{name} is not set: `make run` makes one into {SECRETS_FILE}")
    if len(secret) < _SHORTEST_SECRET:
        raise SystemExit(f"{name} is shorter than {_SHORTEST_SECRET} characters")
    return secret


def read_environment() -> dict[str, str]:
    """The environment over .env over the secrets file; empty values count as unset."""
    secrets = dotenv_values(os.environ.get("HOTLINE_SECRETS_FILE", SECRETS_FILE))
    merged = {**secrets, **dotenv_values(".env"), **os.environ}
    return {name: value for name, value in merged.items() if value}
