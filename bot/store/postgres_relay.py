"""PostgreSQL's NOTIFY between workers: sent in the transaction that stores a turn, so nobody hears of it too early."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import select
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Event, Thread
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.store.announcements import Announcements, News
from bot.store.database import open_engine

logger = logging.getLogger(__name__)

_CHANNEL = "hotline_stored"
_NOTIFY = text("SELECT pg_notify(:channel, :content)")
_LONGEST_SILENCE = 5.0  # seconds, then it is looked whether the connection still lives
_PAUSE = 1.0  # seconds before a lost connection is tried again


class PostgresRelay:
    """One worker's connection that listens, on a thread of its own."""

    def __init__(self, url: URL) -> None:
        self._engine = open_engine(url, 1)
        self._worker = uuid.uuid4().hex
        self._closing = Event()
        self._thread: Thread | None = None

    def notify(self, connection: Connection, conversation_id: str, news: News = News.STORED) -> None:
        """Tell the other workers once the transaction is committed."""
        content = json.dumps([self._worker, conversation_id, news.value])
        connection.execute(_NOTIFY, {"channel": _CHANNEL, "content": content})

    def start(self, announcements: Announcements) -> None:
        """Listen from now on."""
        self._loop, self._announcements = asyncio.get_running_loop(), announcements
        self._wake_reader, self._wake_writer = os.pipe()
        self._thread = Thread(target=self._run, name="store-relay", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no longer."""
        if self._thread is None:
            return
        self._closing.set()
        os.write(self._wake_writer, b"x")
        self._thread.join()
        self._thread = None
        os.close(self._wake_reader)
        os.close(self._wake_writer)

    def _run(self) -> None:
        lost = (SQLAlchemyError, self._engine.dialect.dbapi.Error)
        while not self._closing.is_set():
            try:
                with closing(self._engine.raw_connection()) as connection:
                    self._listen(connection.driver_connection)
            except lost:
                logger.warning("the connection that tells of other workers' turns was lost; it is tried again")
                self._engine.dispose()
                self._closing.wait(_PAUSE)
        self._engine.dispose()

    def _listen(self, connection: Any) -> None:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {_CHANNEL}")
            # What came while nobody listened is not known any more.
            self._on_loop(self._announcements.announce_to_all, News.STORED)
            while not self._closing.is_set():
                ready, _, _ = select.select([connection, self._wake_reader], [], [], _LONGEST_SILENCE)
                if not ready:
                    cursor.execute("SELECT 1")
                connection.poll()
                while connection.notifies:
                    self._pass_on(connection.notifies.pop(0).payload)

    def _pass_on(self, content: str) -> None:
        worker, conversation_id, news = json.loads(content)
        if worker != self._worker:
            self._on_loop(self._announcements.announce, conversation_id, News(news))

    def _on_loop(self, call: Callable[..., None], *arguments: object) -> None:
        # The loop may have been closed between two lines.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(call, *arguments)
