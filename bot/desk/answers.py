"""How the API writes what it tells."""

from __future__ import annotations

from dataclasses import is_dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from json import dumps
from typing import Any

from sanic import HTTPResponse
from sanic.response import json

from bot.desk.clock import write_moment


def to_json(value: Any) -> Any:
    """Write a payload, and whatever stands in it, as JSON has it."""
    if is_dataclass(value):
        return to_json(vars(value))
    if isinstance(value, dict):
        return {key: to_json(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(entry) for entry in value]
    if isinstance(value, datetime):
        return write_moment(value)
    return value.value if isinstance(value, Enum) else value


def answer(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    """Answer a JSON object."""
    return json(body, status=status, dumps=partial(dumps, ensure_ascii=False))
