"""The description of the wallet, for programs at /openapi.json and to read at /docs. Nothing comes from outside."""

from __future__ import annotations

import json as plain_json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, json, raw

from wallet.api.context import context_of
from wallet.api.description import describe, describe_without_development

_PAGES = Path(__file__).parent / "pages"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

blueprint = Blueprint("documentation")


@blueprint.get("/openapi.json")
async def show_description(request: Request) -> HTTPResponse:
    """The description, without what is not there."""
    return json(_description_for(request))


@blueprint.get("/docs")
async def show_page(request: Request) -> HTTPResponse:
    """The same as a page without scripts."""
    document = _description_for(request)
    operations = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    template = Template((_PAGES / "docs.html").read_text(encoding="utf-8"))
    page = template.substitute(
        title=escape(document["info"]["title"]),
        description=escape(document["info"]["description"]),
        operations="".join(operations),
        schemas="".join(_folded(name, schema) for name, schema in document["components"]["schemas"].items()),
    )
    return html(page, headers=_HEADERS)


@blueprint.get("/docs.css")
async def show_style(_: Request) -> HTTPResponse:
    """The page's style."""
    return raw((_PAGES / "docs.css").read_bytes(), content_type="text/css; charset=utf-8")


def _description_for(request: Request) -> dict[str, Any]:
    return describe() if context_of(request).stage is not None else describe_without_development()


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    answers = "".join(
        _folded(f"{status} {answer['description']}", answer.get("content", {}))
        for status, answer in operation["responses"].items()
    )
    asked = {key: operation[key] for key in ("parameters", "requestBody", "security") if operation.get(key)}
    return (
        f'<article id="{escape(operation["operationId"])}"><h2>{method.upper()} {escape(path)}</h2>'
        f"<p>{escape(operation['summary'])}</p><p>{escape(operation.get('description', ''))}</p>"
        f"{_folded('Request', asked)}{answers}</article>"
    )


def _folded(title: str, value: Any) -> str:
    text = plain_json.dumps(value, ensure_ascii=False, indent=2)
    return f"<details><summary>{escape(title)}</summary><pre>{escape(text)}</pre></details>"
