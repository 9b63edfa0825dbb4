"""The secrets of a machine are made once, kept, and for their owner alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.launch.secrets_file import ensure_secrets
from bot.settings import SECRETS

FIRST, SECOND = SECRETS[:2]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file goes, with no secret in the environment."""
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "var" / "secrets.env"


def test_a_random_value_is_made_for_each_secret(path: Path) -> None:
    ensure_secrets(path)
    values = dotenv_values(path)

    assert set(values) == set(SECRETS)
    assert len(set(values.values())) == len(SECRETS)
    assert min(len(value or "") for value in values.values()) >= 48


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    ensure_secrets(path)

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_open_to_others_is_closed_when_a_secret_goes_in(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    path.chmod(0o644)
    ensure_secrets(path)

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_second_start_changes_nothing(path: Path) -> None:
    ensure_secrets(path)
    before = path.read_bytes()
    ensure_secrets(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ["\n", ""])
def test_what_the_file_has_is_kept_and_only_the_rest_is_added(path: Path, end: str) -> None:
    path.parent.mkdir()
    path.write_text(f"# mine\nEXTRA=1\n{FIRST}=my-own-secret{end}", encoding="utf-8")
    ensure_secrets(path)
    values = dotenv_values(path)

    assert (values[FIRST], values["EXTRA"]) == ("my-own-secret", "1")
    assert set(SECRETS) <= set(values)


def test_an_empty_secret_gets_a_value(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"{FIRST}=\n", encoding="utf-8")
    ensure_secrets(path)

    assert len(dotenv_values(path)[FIRST] or "") >= 48


def test_a_secret_of_the_environment_is_not_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECOND, "x" * 40)
    ensure_secrets(path)

    assert SECOND not in dotenv_values(path)
