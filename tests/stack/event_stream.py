"""A stream of server-sent events, read as they come."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

_SILENCE_SECONDS = 30


@dataclass(frozen=True)
class ServerEvent:
    """One event of a stream; ``seq`` is None where it bears none."""

    kind: str
    data: dict[str, Any]
    seq: int | None


@contextmanager
def event_stream(url: str, token: str, after: int | None = None) -> Iterator[Iterator[ServerEvent]]:
    """The events of an address from now on, or from a seq on."""
    headers = {"Authorization": f"Bearer {token}"}
    if after is not None:
        headers["Last-Event-ID"] = str(after)
    address = urlsplit(url)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=_SILENCE_SECONDS)
    with closing(connection):
        connection.request("GET", address.path, headers=headers)
        with closing(connection.getresponse()) as answer:
            assert answer.status == 200, answer.read()
            yield _events(answer)
            # Otherwise the server hears of it only when it next sends something.
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)


def _events(answer: HTTPResponse) -> Iterator[ServerEvent]:
    fields: dict[str, str] = {}
    for raw in answer:
        name, _, value = raw.decode().rstrip("\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            seq = int(fields["id"]) if "id" in fields else None
            yield ServerEvent(fields["event"], json.loads(fields["data"]), seq)
            fields = {}
        else:
            fields = {}
