"""The log: one line of JSON per event."""

from __future__ import annotations

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import datetime, timezone
from traceback import TracebackException
from types import TracebackType

# Of the request that is being served; every line that is written meanwhile carries it.
current_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# What is quoted, an address of mail, a number as long as a phone's, what looks like a token, what is not ASCII at all.
_PRIVATE = re.compile(
    r"""'[^'\n]*'|"[^"\n]*"|\S+@\S+|\+?\d(?:[ -]?\d){5,}|(?=\w*\d)[\w-]{24,}|[^\x00-\x7f]+""",
    re.ASCII,
)
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class JsonLines(logging.Formatter):
    """One object per line; what a record carries as ``fields`` goes into it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record. Words of libraries are masked; those of the wallet are chosen with care."""
        request_id = current_request_id.get()
        line = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("wallet.") else _masked(record.getMessage()),
            **({"request_id": request_id} if request_id else {}),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - a name of the standard library
        """Where it was raised, in whole; its words masked, since they may quote a user."""
        if ei[1] is None:
            return ""
        pieces = TracebackException.from_exception(ei[1]).format()
        return "".join(piece if piece.startswith("  File") else _masked(piece) for piece in pieces).rstrip()


def _masked(words: str) -> str:
    return _PRIVATE.sub("…", words)


def setup_log() -> None:
    """Send every logger of the process through one handler."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # One line per migration step is of no use on every start.
    logging.getLogger("alembic").setLevel(logging.WARNING)
