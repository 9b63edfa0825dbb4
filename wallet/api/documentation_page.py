"""The description as a page: operations by noun, then the schemas, each with an anchor of its own.

Anchors are ``group-`` and a noun, the operationId of an operation, and ``schema-`` and the name of a schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any

_PAGE = Path(__file__).parent / "pages" / "docs.html"
_REFERENCE = re.compile(r"#/components/schemas/(\w+)")


def page_of(document: dict[str, Any]) -> str:
    """The page, whole."""
    schemas = document["components"]["schemas"]
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        title=escape(document["info"]["title"]),
        description=_prose(document["info"]["description"]),
        contents="".join(_link(tag["name"]) for tag in document["tags"]),
        groups="".join(_group(tag, document) for tag in document["tags"]),
        schemas="".join(_folded(name, schema, f"schema-{name}") for name, schema in schemas.items()),
    )


def _link(noun: str) -> str:
    return f'<li><a href="#{_anchor(noun)}">{escape(noun)}</a></li>'


def _group(tag: dict[str, str], document: dict[str, Any]) -> str:
    operations = list(_operations(tag["name"], document))
    contents = "".join(
        f'<li><a href="#{each["operationId"]}"><code>{_call(method, path)}</code> {escape(each["summary"])}</a></li>'
        for method, path, each in operations
    )
    articles = "".join(_article(method, path, operation) for method, path, operation in operations)
    return (
        f'<section id="{_anchor(tag["name"])}"><h2>{escape(tag["name"])}</h2><p>{_prose(tag["description"])}</p>'
        f"<ul>{contents}</ul>{articles}</section>"
    )


def _operations(noun: str, document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if noun in operation["tags"]:
                yield method, path, operation


def _article(method: str, path: str, operation: dict[str, Any]) -> str:
    name = operation["operationId"]
    answers = "".join(
        _folded(f"{status} {answer['description']}", answer.get("content", {}))
        for status, answer in operation["responses"].items()
    )
    asked = {key: operation[key] for key in ("parameters", "requestBody", "security") if operation.get(key)}
    return (
        f'<article id="{name}"><h3><a href="#{name}"><code>{_call(method, path)}</code></a></h3>'
        f"<p>{escape(operation['summary'])}</p><p>{_prose(operation.get('description', ''))}</p>"
        f"{_folded('Request', asked)}{answers}</article>"
    )


def _call(method: str, path: str) -> str:
    return f"{method.upper()} {escape(path)}"


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _folded(title: str, value: Any, anchor: str | None = None) -> str:
    text = escape(json.dumps(value, ensure_ascii=False, indent=2))
    linked = _REFERENCE.sub(r'<a href="#schema-\1">\g<0></a>', text)
    place = f' id="{anchor}"' if anchor else ""
    return f"<details{place}><summary>{escape(title)}</summary><pre>{linked}</pre></details>"


def _anchor(noun: str) -> str:
    return f"group-{noun.replace(' ', '-')}"
