"""Answers: payloads of the contract as JSON."""

from __future__ import annotations

from typing import Any

from sanic import HTTPResponse
from sanic.response import json

from wallet.contract.encoding import to_json


def answer(payload: Any, status: int = 200) -> HTTPResponse:
    """One payload."""
    return json(to_json(payload), status=status)


def answer_items(payloads: list[Any], **more: str | None) -> HTTPResponse:
    """A list of payloads, and what belongs to the list as a whole."""
    return json({"items": to_json(payloads), **more})
