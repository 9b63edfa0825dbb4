"""The log: one line of JSON per event, with the id of the request it belongs to."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime, timezone
from traceback import TracebackException
from types import TracebackType
from typing import Any

from bot.telemetry.masking import masked
from bot.telemetry.request_ids import current_request_id

# Whose lines are written with care for what may stand in a log. Everyone else's are masked.
_OURS = ("bot", "actions")

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class JsonLines(logging.Formatter):
    """One object per line; what a record carries as ``fields`` goes into it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        is_ours = record.name.partition(".")[0] in _OURS
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if is_ours else masked(record.getMessage()),
        }
        request_id = current_request_id()
        if request_id is not None:
            line["request_id"] = request_id
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - a name of the standard library
        """Where it was raised, in whole; its words masked, since they may quote a user."""
        if ei[1] is None:
            return ""
        pieces = TracebackException.from_exception(ei[1]).format()
        return "".join(piece if piece.startswith("  File") else masked(piece) for piece in pieces).rstrip()


def set_up_log() -> None:
    """Send every logger of the process through one handler."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    # One line per migration step is of no use on every start.
    logging.getLogger("alembic").setLevel(logging.WARNING)
