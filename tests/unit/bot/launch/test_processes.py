"""Services are started, waited for and ended; one that does not start says why."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.launch.processes import Running, Service, is_healthy, is_port_free
from tests.stack.ports import HOST, free_ports

SERVES = """
import http.server, json, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = sys.argv[2].encode()
        self.send_response(int(sys.argv[3]))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""
NEVER_LISTENS = "import time; time.sleep(600)"
ENDS_AT_ONCE = "import sys; print('the port is taken'); print('no database', file=sys.stderr); sys.exit(3)"

Start = Callable[..., Running]


@pytest.fixture
def port() -> int:
    """A port on which nobody listens."""
    (port,) = free_ports(1)
    return port


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    """Start a script as a service; it is ended after the test."""
    started: list[Running] = []

    def start_script(script: str, *arguments: str) -> Running:
        service = Service("wallet", [sys.executable, "-c", script, *arguments], HOST, port)
        started.append(Running(service, os.environ, tmp_path))
        return started[-1]

    yield start_script
    for running in started:
        running.ask_to_end()
        running.end()


def test_a_port_is_free_until_somebody_listens_and_afterwards(port: int) -> None:
    assert is_port_free(HOST, port)
    with socket.socket() as listener:
        listener.bind((HOST, port))
        listener.listen()
        assert not is_port_free(HOST, port)
    assert is_port_free(HOST, port)


def test_a_service_that_answers_ok_is_ready(start: Start, port: int) -> None:
    running = start(SERVES, str(port), '{"status": "ok"}', "200")
    running.wait_until_ready(60)

    assert is_healthy(running.service.url)
    assert not is_port_free(HOST, port)
    assert not running.has_ended


def test_a_service_that_is_asked_to_end_ends(start: Start, port: int) -> None:
    running = start(SERVES, str(port), '{"status": "ok"}', "200")
    running.wait_until_ready(60)
    running.ask_to_end()
    running.end()

    assert running.has_ended
    assert is_port_free(HOST, port)


def test_a_process_that_ends_early_is_reported_with_its_log(start: Start) -> None:
    running = start(ENDS_AT_ONCE)
    with pytest.raises(SystemExit) as stopped:
        running.wait_until_ready(60)
    told = str(stopped.value)

    assert "wallet did not start" in told
    assert str(running.log) in told
    assert "the port is taken" in told
    assert "no database" in told


def test_a_process_that_does_not_get_ready_in_time_is_reported(start: Start) -> None:
    with pytest.raises(SystemExit, match="wallet was not ready"):
        start(NEVER_LISTENS).wait_until_ready(0.1)


@pytest.mark.parametrize(
    ("body", "status"),
    [('{"status": "starting"}', "503"), ('{"status": "starting"}', "200"), ("[]", "200"), ("no JSON", "200")],
)
def test_a_service_that_does_not_say_ok_is_not_healthy(start: Start, port: int, body: str, status: str) -> None:
    running = start(SERVES, str(port), body, status)
    while is_port_free(HOST, port):
        assert not running.has_ended, running.last_words()
        time.sleep(0.05)
    with pytest.raises(SystemExit, match="not ready"):
        running.wait_until_ready(0)

    assert "GET /health" in running.last_words()


def test_whoever_speaks_no_http_is_not_healthy(start: Start, port: int) -> None:
    script = (
        "import socket; s = socket.create_server(('127.0.0.1', int(__import__('sys').argv[1])))\n"
        "while True:\n c, _ = s.accept(); c.sendall(b'220 mail\\r\\n\\r\\n'); c.close()"
    )
    with pytest.raises(SystemExit, match="not ready"):
        start(script, str(port)).wait_until_ready(2)


def test_nobody_at_all_is_not_healthy(port: int) -> None:
    assert not is_healthy(f"http://{HOST}:{port}")


def test_only_the_last_lines_of_a_log_are_told(start: Start) -> None:
    running = start("print(*range(100), sep='\\n')")
    running.end()

    assert running.last_words().splitlines() == ["95", "96", "97", "98", "99"]


def test_a_log_goes_on_where_an_earlier_start_ended(start: Start) -> None:
    start("print('first')").end()
    running = start("print('second')")
    running.end()

    assert running.last_words().splitlines() == ["first", "second"]
