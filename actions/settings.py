"""Settings of the actions, read once from the environment over .env over the secrets file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values


@dataclass(frozen=True)
class Settings:
    """Where the wallet and the desk are, and how long to wait for them."""

    wallet_url: str
    wallet_token: str
    desk_url: str
    desk_token: str
    time_zone: ZoneInfo
    data_folder: Path
    outbox_folder: Path
    connect_seconds: float
    answer_seconds: float
    delivery_seconds: float

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Raises SystemExit naming the first secret that is missing."""

        def secret(name: str) -> str:
            if not environment.get(name):
                raise SystemExit(f"{name} is not set: `make run` makes one into var/secrets.env")
            return environment[name]

        def number(name: str, default: str) -> float:
            try:
                return float(environment.get(name, default))
            except ValueError:
                raise SystemExit(f"{name} is not a number: {environment[name]!r}") from None

        return cls(
            wallet_url=environment.get("HOTLINE_WALLET_URL", "http://127.0.0.1:5100").rstrip("/"),
            wallet_token=secret("HOTLINE_WALLET_SUPPORT_TOKEN"),
            desk_url=environment.get("HOTLINE_DESK_URL", "http://127.0.0.1:5200").rstrip("/"),
            desk_token=secret("HOTLINE_DESK_TOKEN"),
            time_zone=ZoneInfo(environment.get("HOTLINE_TIME_ZONE", "Asia/Shanghai")),
            data_folder=Path(environment.get("HOTLINE_DATA_FOLDER", "data")),
            outbox_folder=Path(environment.get("HOTLINE_OUTBOX_FOLDER", "var/outbox")),
            connect_seconds=number("HOTLINE_CONNECT_SECONDS", "1"),
            answer_seconds=number("HOTLINE_ANSWER_SECONDS", "3"),
            delivery_seconds=number("HOTLINE_DELIVERY_SECONDS", "5"),
        )


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """The settings of this process. Rasa makes actions without arguments, so they cannot be passed in."""
    secrets = dotenv_values(os.environ.get("HOTLINE_SECRETS_FILE", "var/secrets.env"))
    merged = {**secrets, **dotenv_values(".env"), **os.environ}
    return Settings.from_environment({name: value for name, value in merged.items() if value})
