"""Reads the project's own files: Python as syntax trees, YAML as data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("actions", "bot", "wallet")


def modules(*packages: str) -> list[Path]:
    """Every Python file of the packages."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """String literals with their lines, the parts of f-strings among them; docstrings left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def built_texts(path: Path) -> Iterator[str]:
    """f-strings, their expressions in braces as they are written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"  # type: ignore[attr-defined]
                for part in node.values
            )


def _parse(file: Path) -> Any:
    # The plain loader takes seconds for all of them.
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def read_yaml(path: str) -> Any:
    """One YAML file of the project."""
    return _parse(ROOT / path)


@cache
def domain() -> dict[str, Any]:
    """domain.yml."""
    return dict(read_yaml("domain.yml"))


@cache
def responses() -> dict[str, list[dict[str, Any]]]:
    """Every response of data/responses."""
    files = sorted((ROOT / "data/responses").glob("*.yml"))
    return {name: variants for file in files for name, variants in _parse(file)["responses"].items()}


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word of data/words."""
    files = sorted((ROOT / "data/words").glob("*.yml"))
    return {name: word for file in files for name, word in _parse(file)["words"].items()}


@cache
def rule_steps() -> list[dict[str, Any]]:
    """Every step of every rule."""
    files = sorted((ROOT / "data/rules").glob("*.yml"))
    rules = [rule for file in files for rule in _parse(file)["rules"]]
    return [step for rule in rules for step in [*rule.get("condition", []), *rule["steps"]]]


@cache
def examples() -> dict[str, dict[str, list[str]]]:
    """Every utterance of data/nlu: ``{language: {intent: [text]}}``."""
    found: dict[str, dict[str, list[str]]] = {}
    for file in sorted((ROOT / "data/nlu").glob("*/*.yml")):
        for entry in _parse(file)["nlu"]:
            lines = [line.removeprefix("- ").strip() for line in entry["examples"].splitlines() if line.strip()]
            found.setdefault(file.parent.name, {}).setdefault(entry["intent"], []).extend(lines)
    return found
