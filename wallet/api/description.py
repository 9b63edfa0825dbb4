"""The OpenAPI description of the wallet: ``openapi/*.yml`` by noun, filled in with what holds for every operation.

An operation of these files is one of OpenAPI, but for these keys that are written out here:

    who       anyone, user, support:read or support:protect
    answers   by status: what it says, its schema, an example
    refusals  codes of the error envelope it may answer, besides those that every operation may
    limited   false where it may be called as often as one likes
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from wallet.api.contract_schemas import PREFIX, contract_schemas
from wallet.api.error_handlers import STATUS_OF_CODE
from wallet.api.request_log import HEADER as REQUEST_ID
from wallet.contract.errors import ErrorCode

FOLDER = Path(__file__).parent / "openapi"
ANYONE, USER = "anyone", "user"
# Operations of development carry it; elsewhere they are left out.
DEVELOPMENT_TAG = "development"

_ALWAYS = (
    ErrorCode.INVALID_REQUEST,
    ErrorCode.BODY_TOO_LARGE,
    ErrorCode.TOO_MANY_REQUESTS,
    ErrorCode.INTERNAL,
    ErrorCode.UNAVAILABLE,
)
_REASONS = {
    400: "The request cannot be understood.",
    401: "Who calls is not proven.",
    403: "Not allowed.",
    404: "There is none, or none that the caller may know of.",
    409: "Not possible in the present state.",
    413: "The body or the headers are too large.",
    415: "The body is not JSON.",
    422: "Understood, and against a rule.",
    429: "Too often; Retry-After says when to come again.",
    500: "A mistake of the wallet's; request_id leads to it in the log.",
    503: "Something the wallet needs is away.",
}


@cache
def describe(*, with_development: bool) -> dict[str, Any]:
    """The description of all that is there, in development or elsewhere. Callers leave it as it is."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yml"))]
    if not with_development:
        files = [file for file in files if file["tag"] != DEVELOPMENT_TAG]
    schemas = contract_schemas()
    paths: dict[str, Any] = {}
    for file in files:
        schemas.update(file.get("schemas", {}))
        for path, methods in file.get("paths", {}).items():
            paths[path] = {method: _written_out(path, file["tag"], body) for method, body in methods.items()}
    (frame,) = [file["frame"] for file in files if "frame" in file]
    used = {file["tag"] for file in files}
    document = {**frame, "tags": [tag for tag in frame["tags"] if tag["name"] in used], "paths": paths}
    document["components"] = {**frame["components"], "schemas": _used(schemas, document)}
    return document


def codes_of(operation: dict[str, Any]) -> set[ErrorCode]:
    """Every code an operation of the files may answer."""
    codes = {*_ALWAYS, *map(ErrorCode, operation.get("refusals", ()))}
    if not operation.get("limited", True):
        codes.remove(ErrorCode.TOO_MANY_REQUESTS)
    if operation["who"] != ANYONE:
        codes.add(ErrorCode.UNAUTHENTICATED)
    if operation["who"].startswith("support:"):
        codes.add(ErrorCode.FORBIDDEN)
    if "requestBody" in operation:
        codes.add(ErrorCode.UNSUPPORTED_MEDIA_TYPE)
    return codes


def _written_out(path: str, tag: str, operation: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in operation.items() if key not in ("who", "answers", "refusals", "limited")}
    answers = {str(status): _answer(answer) for status, answer in operation["answers"].items()}
    return {
        "tags": [tag],
        **own,
        "parameters": [*_named_in(path), *_of_caller(path, operation["who"]), *operation.get("parameters", ())],
        "security": _security(operation["who"]),
        "responses": {**answers, **_refusals(codes_of(operation))},
    }


def _named_in(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _of_caller(path: str, who: str) -> list[dict[str, Any]]:
    is_about_a_user = who.startswith("support:") and "{user_id}" in path
    return [{"$ref": "#/components/parameters/OnBehalfOf"}] if is_about_a_user else []


def _security(who: str) -> list[dict[str, list[str]]]:
    if who == ANYONE:
        return []
    return [{"user_token": []}] if who == USER else [{"service_token": [who]}]


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    kind = answer.get("type", "application/json")
    content = {kind: {"schema": _reference(answer["schema"]), "example": answer["example"]}}
    return {"description": answer["description"], "headers": _headers(), "content": content}


def _refusals(codes: Iterable[ErrorCode]) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(STATUS_OF_CODE[code], []).append(code.value)
    return {str(status): _refusal(status, codes) for status, codes in sorted(by_status.items())}


def _refusal(status: int, codes: list[str]) -> dict[str, Any]:
    schema = {"allOf": [_reference("Error"), {"properties": {"code": {"enum": codes}}}]}
    details = {"retry_after_seconds": 30} if status == STATUS_OF_CODE[ErrorCode.TOO_MANY_REQUESTS] else {}
    example = {"message": "for developers, not for users", "details": details, "request_id": "8c1f0e5d7a9b4c63"}
    examples = {code: {"value": {"code": code, **example}} for code in codes}
    content = {"application/json": {"schema": schema, "examples": examples}}
    return {"description": _REASONS[status], "headers": _headers(bool(details)), "content": content}


def _headers(says_when: bool = False) -> dict[str, Any]:
    headers: dict[str, Any] = {REQUEST_ID: {"required": True, "schema": {"type": "string"}}}
    if says_when:
        headers["Retry-After"] = {"required": True, "schema": {"type": "integer", "minimum": 1}}
    return headers


def _reference(schema: Any) -> dict[str, Any]:
    """A schema by its name, ``[Name]`` for a list under items, or one written out."""
    if isinstance(schema, str):
        return {"$ref": f"{PREFIX}{schema}"}
    if isinstance(schema, list):
        items = {"type": "array", "items": _reference(schema[0])}
        return {"type": "object", "required": ["items"], "properties": {"items": items}}
    return dict(schema)


def _used(schemas: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    used: dict[str, Any] = {}
    wanted = list(_names_in(document))
    while wanted:
        name = wanted.pop()
        if name not in used:
            used[name] = schemas[name]
            wanted += _names_in(schemas[name])
    return dict(sorted(used.items()))


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        reference = value.get("$ref", "")
        if isinstance(reference, str) and reference.startswith(PREFIX):
            yield reference[len(PREFIX) :]
        for inner in value.values():
            yield from _names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names_in(inner)
