"""Real answers against the wallet's description: what is not described is found by the test that gets it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, RefResolver

from wallet.api.description import describe

JSON = "application/json"


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    paths = describe(with_development=True)["paths"]
    return [(method.upper(), path, one) for path, methods in paths.items() for method, one in methods.items()]


def operation_at(method: str, path: str) -> dict[str, Any] | None:
    """The operation that serves a path; None where there is none."""
    for described, pattern, operation in _patterns():
        if described == method and pattern.fullmatch(path.partition("?")[0].rstrip("/")):
            return operation
    return None


def assert_described(method: str, path: str, status: int, content_type: str, body: Any) -> None:
    """Fail unless the description knows an answer like this one."""
    operation = operation_at(method, path)
    if operation is None:
        return
    name = operation["operationId"]
    assert str(status) in operation["responses"], f"{name} answers {status}, which is not described"
    content = operation["responses"][str(status)]["content"]
    assert content_type in content, f"{name} answers {content_type}, which is not described"
    if content_type == JSON:
        problems = problems_of(body, content[JSON]["schema"])
        assert not problems, f"{name} answers {status} with another body than described: {problems}"


def problems_of(value: Any, schema: dict[str, Any]) -> list[str]:
    """What is wrong with a value, anything said beyond the schema included."""
    document = _closed(describe(with_development=True))
    resolver = RefResolver.from_schema(document)
    validator = Draft202012Validator(_close(schema), resolver=resolver, format_checker=FormatChecker())
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(value)]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    # Paths without parameters first: /cards/checks is not the card of the id checks.
    ordered = sorted(operations(), key=lambda one: one[1].count("{"))
    return [(method, re.compile(re.sub(r"{\w+}", "[^/]+", path)), operation) for method, path, operation in ordered]


_CLOSED: dict[int, dict[str, Any]] = {}


def _closed(document: dict[str, Any]) -> dict[str, Any]:
    if id(document) not in _CLOSED:
        _CLOSED[id(document)] = {"components": _close(document["components"])}
    return _CLOSED[id(document)]


def _close(value: Any) -> Any:
    """The same schema, without room for what it does not name."""
    if isinstance(value, list):
        return [_close(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    closed = {key: _close(inner) for key, inner in value.items()}
    # Parts of an allOf describe one object together.
    if "properties" in value and value.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
