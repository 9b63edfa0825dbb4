"""Settings: defaults that run on one machine, and no start without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from wallet.settings import SAMPLE_SECRETS, gather_environment, read_settings

SECRETS = {
    "HOTLINE_WALLET_TOKEN_SECRET": "a" * 40,
    "HOTLINE_USER_TOKEN_SECRET": "b" * 40,
    "HOTLINE_WALLET_SUPPORT_TOKEN": "c" * 40,
}


def test_with_secrets_alone_the_wallet_runs_on_this_machine() -> None:
    settings = read_settings(SECRETS)
    assert (settings.host, settings.port, settings.time_zone) == ("127.0.0.1", 5100, "Asia/Shanghai")
    assert settings.is_development
    assert settings.support_read_token is None


@pytest.mark.parametrize("name", list(SECRETS))
def test_a_missing_secret_stops_the_start_by_its_name(name: str) -> None:
    with pytest.raises(SystemExit, match=f"^{name} is missing$"):
        read_settings({key: value for key, value in SECRETS.items() if key != name})


@pytest.mark.parametrize("name", [*SECRETS, "HOTLINE_WALLET_SUPPORT_READ_TOKEN"])
def test_a_short_secret_stops_the_start_by_its_name(name: str) -> None:
    with pytest.raises(SystemExit, match=f"^{name} is shorter than 32 characters$"):
        read_settings({**SECRETS, name: "short"})


@pytest.mark.parametrize("sample", sorted(SAMPLE_SECRETS))
def test_a_sample_secret_is_good_enough_for_development_only(sample: str) -> None:
    with_sample = {**SECRETS, "HOTLINE_USER_TOKEN_SECRET": sample}
    assert read_settings(with_sample).user_token_secret == sample
    with pytest.raises(SystemExit, match=r"^HOTLINE_USER_TOKEN_SECRET is a sample value"):
        read_settings({**with_sample, "HOTLINE_ENVIRONMENT": "production"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOTLINE_ENVIRONMENT", "staging"),
        ("HOTLINE_WALLET_PORT", "http"),
        ("HOTLINE_TIME_ZONE", "Mars/Olympus"),
        ("HOTLINE_BOT_URL", "bot.example"),
        ("HOTLINE_BOT_URL", "https://bot.example; script-src *"),
        ("HOTLINE_BOT_URL", "https://bot.example\nX-Header: 1"),
        ("HOTLINE_WALLET_SMTP_URL", "mail.example:25"),
        ("HOTLINE_WALLET_MAIL_SENDER", "the wallet"),
        ("HOTLINE_WALLET_MAIL_SENDER", "wallet@pay.example\nBcc: all@pay.example"),
        ("HOTLINE_WALLET_SMS_WEBHOOK_URL", "sms.example"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(SystemExit, match=name):
        read_settings({**SECRETS, name: value})


def test_without_settings_nobody_carries_messages() -> None:
    settings = read_settings(SECRETS)
    assert (settings.smtp_server, settings.sms_webhook_url, settings.sms_webhook_secret) == (None, None, None)


def test_an_address_of_a_mail_server_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(SystemExit) as stopped:
        read_settings({**SECRETS, "HOTLINE_WALLET_SMTP_URL": "smtp://user:hidden@mail.example?tls=none"})
    assert str(stopped.value) == "HOTLINE_WALLET_SMTP_URL would send its password for everyone to read"


def test_a_webhook_needs_a_secret() -> None:
    with_webhook = {**SECRETS, "HOTLINE_WALLET_SMS_WEBHOOK_URL": "https://sms.example/messages"}
    with pytest.raises(SystemExit, match=r"^HOTLINE_WALLET_SMS_WEBHOOK_SECRET is missing$"):
        read_settings(with_webhook)
    settings = read_settings({**with_webhook, "HOTLINE_WALLET_SMS_WEBHOOK_SECRET": "d" * 40})
    assert settings.sms_webhook_secret == "d" * 40


@pytest.mark.parametrize("address", ["http://[::1]:5005", "https://bot.example", "https://bot.example/hotline/"])
def test_the_address_of_the_bot_is_kept_without_the_slash_at_its_end(address: str) -> None:
    assert read_settings({**SECRETS, "HOTLINE_BOT_URL": address}).bot_url == address.rstrip("/")


def test_the_process_comes_before_the_env_file_and_that_before_the_secrets_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secrets").write_text("A=secrets\nB=secrets\nC=secrets\n")
    (tmp_path / ".env").write_text("HOTLINE_SECRETS_FILE=secrets\nA=file\nB=file\nD=\n")
    gathered = gather_environment({"A": "process"})
    assert {name: gathered.get(name) for name in "ABCD"} == {"A": "process", "B": "file", "C": "secrets", "D": None}
