"""In the modules that are patched, Rasa copies for its debug log alone."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

import pytest

from bot.runtime.debug_copies import MODULES


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_copy_is_for_a_debug_line(module: ModuleType) -> None:
    """Fails when a new Rasa copies something that is then changed."""
    nodes = list(ast.walk(ast.parse(inspect.getsource(module))))
    debug_lines = [node for node in nodes if isinstance(node, ast.Call) and _text(node.func) == "structlogger.debug"]
    copies = [node for node in nodes if isinstance(node, ast.Attribute) and _text(node).startswith("copy.")]
    for_debugging = {id(part) for line in debug_lines for part in ast.walk(line)}
    assert copies
    assert [_text(node) for node in copies if id(node) not in for_debugging] == []
    assert {_text(node) for node in copies} == {"copy.deepcopy"}


def _text(node: ast.AST) -> str:
    return ast.unparse(node)
