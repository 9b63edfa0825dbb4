"""Rasa's own lines, through the same log: the name of what happened, never the values that came with it."""

from __future__ import annotations

import logging
from typing import Any

import structlog
from structlog.typing import EventDict

_Record = tuple[tuple[str], dict[str, Any]]


def configure_rasa_lines(level: int) -> None:
    """Take the place of Rasa's own configuration, which prints what users say at debug level, whatever is wanted.

    The levels of the loggers are Rasa's to set, before this.
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _name_alone],
        context_class=dict,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    # One line per action on every start is of no use.
    logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)


def _name_alone(_logger: Any, _method: str, event: EventDict) -> _Record:
    """What reaches the log of an event: its values may be a message, slots, a whole tracker."""
    return (str(event["event"]),), {"exc_info": event.get("exc_info")}
