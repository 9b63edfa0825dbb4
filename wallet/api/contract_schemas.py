"""Payloads of the contract as JSON schemas, so that the description of an answer is the code that writes it."""

from __future__ import annotations

import importlib
import pkgutil
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from wallet import contract

PREFIX = "#/components/schemas/"
_PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def contract_schemas() -> dict[str, Any]:
    """A schema for each dataclass and each enum of the contract, by its name."""
    kinds = [kind for module in _modules() for kind in vars(module).values() if _belongs_to(module, kind)]
    return {kind.__name__: _described(kind) for kind in kinds}


def _modules() -> list[types.ModuleType]:
    names = [module.name for module in pkgutil.iter_modules(contract.__path__)]
    return [importlib.import_module(f"{contract.__name__}.{name}") for name in names]


def _belongs_to(module: types.ModuleType, kind: Any) -> bool:
    is_payload = isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum))
    return is_payload and kind.__module__ == module.__name__


def _described(kind: type) -> dict[str, Any]:
    description = " ".join((kind.__doc__ or "").split())
    if issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind], "description": description}
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    properties = {name: _schema_of(hints[name]) for name in names}
    return {"type": "object", "required": names, "properties": properties, "description": description}


def _schema_of(kind: Any) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(part) for part in get_args(kind)]}
    if origin in (list, tuple):
        return {"type": "array", "items": _schema_of(get_args(kind)[0])}
    if kind is type(None):
        return {"type": "null"}
    return dict(_PLAIN[kind]) if kind in _PLAIN else {"$ref": f"{PREFIX}{kind.__name__}"}
