"""The running product, and a PostgreSQL server, for every test that asks for one; logs beside a failure."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.stack.browser import NoBrowser, chromium
from tests.stack.postgres import NoPostgres, Postgres, postgres_server
from tests.stack.processes import Stack

# A busy machine is slow, which no test is about.
settings.register_profile("hotline", deadline=None)
settings.load_profile("hotline")

_STARTED = pytest.StashKey[Stack]()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Wallet, desk and bot, started once and ended at the end."""
    started = Stack(tmp_path_factory.mktemp("stack") / "var")
    request.config.stash[_STARTED] = started
    try:
        started.start_all()
        yield started
    finally:
        started.stop_all()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started once and ended at the end; without one the test is skipped, in CI it fails."""
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as error:
        _do_without(error)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, in CI it fails.

    Not for the whole session: while it runs, no test of that thread can have an event loop.
    """
    try:
        with chromium() as started:
            yield started
    except NoBrowser as error:
        _do_without(error)


def _do_without(missing: Exception) -> None:
    if os.environ.get("HOTLINE_REQUIRE_SERVICES") == "1":
        pytest.fail(str(missing))
    pytest.skip(str(missing))


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of an empty database of the test's own."""
    with postgres.new_database() as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of each process's log with a test that fails."""
    report = yield
    if report.failed and "stack" in getattr(item, "fixturenames", ()) and _STARTED in item.config.stash:
        logs = item.config.stash[_STARTED].last_log_lines()
        report.sections += [(f"{name} log", lines) for name, lines in logs.items()]
    return report
