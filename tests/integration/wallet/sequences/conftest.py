"""A database for every sequence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.wallet.databases import SharedPostgres


@pytest.fixture
def new_database(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of a database as the migrations leave it; the one given before is gone."""
    if database == "sqlite":
        migrated: Path = request.getfixturevalue("migrated_file")

        def new_file() -> str:
            for old in tmp_path.glob("wallet.sqlite*"):
                old.unlink()
            return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path / 'wallet.sqlite')}"

        return new_file
    shared: SharedPostgres = request.getfixturevalue("shared_postgres")

    def restored() -> str:
        shared.restore()
        return shared.url

    return restored
