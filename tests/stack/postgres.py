"""A PostgreSQL server for the tests: a given one, or a throw-away cluster of the machine's own binaries."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.stack.ports import HOST, free_ports

GIVEN_URL = "HOTLINE_TEST_POSTGRES_URL"
_USER = "postgres"  # initdb and the server refuse to run as root
_READY_SECONDS, _END_SECONDS, _POLL_SECONDS = 30, 10, 0.05
# A cluster that is thrown away need not outlive a power cut.
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "unix_socket_directories": ""}


class NoPostgres(Exception):
    """There is no server and none can be started; the message says what is missing."""


class Postgres:
    """A server on which every test makes a database of its own."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            with self._engine.connect():
                return True
        except OperationalError:
            return False

    def database(self, name: str) -> str:
        """The address of a database that stays, made unless it is there."""
        with self._engine.connect() as connection:
            known = connection.execute(text("SELECT datname FROM pg_database")).scalars().all()
        if name not in known:
            self._run(f"CREATE DATABASE {name}")
        return self._url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The address of an empty database, which is dropped at the end of the block."""
        name = f"hotline_test_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name}")
        try:
            yield self._url.set(database=name).render_as_string(hide_password=False)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """The server that the environment names, else one of its own that ends with the block.

    Raises NoPostgres.
    """
    given = os.environ.get(GIVEN_URL)
    if given:
        yield Postgres(make_url(given))
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-"))
    try:
        with _cluster(binaries, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@contextmanager
def kept_server(folder: Path, settings: Mapping[str, str]) -> Iterator[Postgres]:
    """A server of one's own whose databases stay in the folder, for the next one there; it ends with the block.

    Raises NoPostgres.
    """
    binaries = _binaries()
    folder.mkdir(parents=True, exist_ok=True)
    with _cluster(binaries, folder, settings) as server:
        yield server


@contextmanager
def _cluster(binaries: Path, folder: Path, more_settings: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    as_user = _as_user(folder)
    data, password_file = folder / "data", folder / "password"
    if not data.exists():
        _make_cluster(binaries, data, password_file, as_user)
    password = password_file.read_text(encoding="ascii")
    (port,) = free_ports(1)
    settings = {**_SETTINGS, **(more_settings or {}), "listen_addresses": HOST, "port": str(port)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(data), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **as_user,
        )
    try:
        server = Postgres(URL.create("postgresql+psycopg2", _USER, password, HOST, port, "postgres"))
        _wait_until_ready(server, process, folder / "log")
        yield server
    finally:
        _end(process)


def _make_cluster(binaries: Path, data: Path, password_file: Path, as_user: dict[str, Any]) -> None:
    password_file.write_text(secrets.token_hex(16), encoding="ascii")
    made = subprocess.run(
        [
            *[str(binaries / "initdb"), "-D", str(data), "-U", _USER, "-E", "UTF8", "--locale=C", "--no-sync"],
            *["--auth=scram-sha-256", f"--pwfile={password_file}"],
        ],
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    assert made.returncode == 0, made.stderr


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    # Debian keeps them out of the path, a folder a version.
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if not found:
        raise NoPostgres(f"PostgreSQL is not installed and {GIVEN_URL} is not set")
    return found[-1].parent


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


def _as_user(folder: Path) -> dict[str, Any]:
    """How to start a process that may not be root's, in a folder that it may enter."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, _USER)
    return {"user": _USER, "group": _USER, "extra_groups": [], "cwd": folder}


def _wait_until_ready(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not server.is_ready():
        assert process.poll() is None and time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(_POLL_SECONDS)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # cut the connections, then end in order
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
