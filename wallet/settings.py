"""The settings of the wallet process: read once, checked at once, passed in from there on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from wallet.couriers.mail import address_of
from wallet.couriers.smtp_server import SmtpServer, read_smtp_url

DEVELOPMENT = "development"
PRODUCTION = "production"
SECRET_LENGTH = 32
# Long enough to pass for a secret, and known to everyone who has read an example.
SAMPLE_SECRETS = frozenset(
    {
        "change-me-change-me-change-me-change-me",
        "changethis-changethis-changethis-changethis",
        "0123456789abcdef0123456789abcdef",
        "00000000000000000000000000000000",
    }
)

# Nothing that would end the place in a header where the address is put.
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]_-]+(/[A-Za-z0-9./_~-]*)?")


@dataclass(frozen=True)
class Settings:
    """Everything the process is told from outside. Secrets have no default."""

    token_secret: str
    user_token_secret: str
    support_token: str
    support_read_token: str | None = None
    environment: str = DEVELOPMENT
    host: str = "127.0.0.1"
    port: int = 5100
    database_url: str = "sqlite+aiosqlite:///var/wallet.sqlite"
    time_zone: str = "Asia/Shanghai"
    public_url: str = "http://127.0.0.1:5100"
    bot_url: str = "http://127.0.0.1:5005"
    # Attempts to sign in or to reset a password, per minute.
    attempts_per_address: int = 30
    attempts_per_account: int = 10
    # Calls of a signed-in user, and of a service, per minute.
    calls_per_user: int = 600
    calls_per_service: int = 60_000
    # Without them nothing is sent; in development the mailbox shows what would be.
    smtp_server: SmtpServer | None = None
    mail_sender: str = "wallet@localhost"
    sms_webhook_url: str | None = None
    sms_webhook_secret: str | None = None
    # Without one, /metrics answers this machine alone.
    metrics_token: str | None = None

    @property
    def is_development(self) -> bool:
        """Whether demo users, the development mailbox and migrations at start are allowed."""
        return self.environment == DEVELOPMENT


def gather_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The process environment over ``.env`` over the secrets file; empty values count as absent."""
    files = dotenv_values(".env")
    secrets_file = environ.get("HOTLINE_SECRETS_FILE") or files.get("HOTLINE_SECRETS_FILE") or "var/secrets.env"
    layers = {**dotenv_values(secrets_file), **files, **environ}
    return {name: value for name, value in layers.items() if value}


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from gathered variables. Raises SystemExit with one line that names the variable at fault."""
    values = _Variables(environment)
    return Settings(
        token_secret=values.secret("HOTLINE_WALLET_TOKEN_SECRET"),
        user_token_secret=values.secret("HOTLINE_USER_TOKEN_SECRET"),
        support_token=values.secret("HOTLINE_WALLET_SUPPORT_TOKEN"),
        support_read_token=values.optional_secret("HOTLINE_WALLET_SUPPORT_READ_TOKEN"),
        environment=values.one_of("HOTLINE_ENVIRONMENT", DEVELOPMENT, PRODUCTION),
        host=values.text("HOTLINE_WALLET_HOST", Settings.host),
        port=values.number("HOTLINE_WALLET_PORT", Settings.port),
        database_url=values.text("HOTLINE_WALLET_DATABASE_URL", Settings.database_url),
        time_zone=values.zone("HOTLINE_TIME_ZONE", Settings.time_zone),
        public_url=values.text("HOTLINE_WALLET_PUBLIC_URL", Settings.public_url).rstrip("/"),
        bot_url=values.web_address("HOTLINE_BOT_URL", Settings.bot_url),
        attempts_per_address=values.number("HOTLINE_WALLET_ATTEMPTS_PER_ADDRESS", Settings.attempts_per_address),
        attempts_per_account=values.number("HOTLINE_WALLET_ATTEMPTS_PER_ACCOUNT", Settings.attempts_per_account),
        calls_per_user=values.number("HOTLINE_WALLET_CALLS_PER_USER", Settings.calls_per_user),
        calls_per_service=values.number("HOTLINE_WALLET_CALLS_PER_SERVICE", Settings.calls_per_service),
        smtp_server=values.smtp_server("HOTLINE_WALLET_SMTP_URL"),
        mail_sender=values.mail_address("HOTLINE_WALLET_MAIL_SENDER", Settings.mail_sender),
        sms_webhook_url=values.optional_web_address("HOTLINE_WALLET_SMS_WEBHOOK_URL"),
        sms_webhook_secret=values.secret_beside("HOTLINE_WALLET_SMS_WEBHOOK_SECRET", "HOTLINE_WALLET_SMS_WEBHOOK_URL"),
        metrics_token=values.optional_secret("HOTLINE_METRICS_TOKEN"),
    )


@dataclass(frozen=True)
class _Variables:
    values: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name, str(default))
        if not value.isdecimal():
            raise SystemExit(f"{name} is not a whole number")
        return int(value)

    def one_of(self, name: str, *allowed: str) -> str:
        value = self.values.get(name, allowed[0])
        if value not in allowed:
            raise SystemExit(f"{name} is none of {', '.join(allowed)}")
        return value

    def web_address(self, name: str, default: str) -> str:
        address = self.values.get(name, default).rstrip("/")
        if not _WEB_ADDRESS.fullmatch(address):
            raise SystemExit(f"{name} is no web address")
        return address

    def optional_web_address(self, name: str) -> str | None:
        return self.web_address(name, "") if name in self.values else None

    def mail_address(self, name: str, default: str) -> str:
        address = self.values.get(name, default)
        try:
            return address_of(address).addr_spec
        except ValueError as error:
            raise SystemExit(f"{name} is no mail address") from error

    def smtp_server(self, name: str) -> SmtpServer | None:
        if name not in self.values:
            return None
        try:
            return read_smtp_url(self.values[name])
        except ValueError as error:
            raise SystemExit(f"{name} {error}") from None

    def zone(self, name: str, default: str) -> str:
        zone = self.values.get(name, default)
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SystemExit(f"{name} is no time zone") from error
        return zone

    def secret(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            raise SystemExit(f"{name} is missing")
        if len(value) < SECRET_LENGTH:
            raise SystemExit(f"{name} is shorter than {SECRET_LENGTH} characters")
        if value in SAMPLE_SECRETS and self.values.get("HOTLINE_ENVIRONMENT", DEVELOPMENT) != DEVELOPMENT:
            raise SystemExit(f"{name} is a sample value; outside development it has to be a secret")
        return value

    def optional_secret(self, name: str) -> str | None:
        return self.secret(name) if name in self.values else None

    def secret_beside(self, name: str, needs_it: str) -> str | None:
        return self.secret(name) if needs_it in self.values else None


def prepare_database_folder(database_url: str) -> None:
    """Make the folder an SQLite file will live in."""
    scheme, _, path = database_url.partition(":///")
    if scheme.startswith("sqlite") and path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
