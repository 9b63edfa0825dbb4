"""The planned runner gives what Rasa's own gives, for the components of a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.runtime.graph_runner import PlannedGraphRunner


class Counting(GraphComponent):  # type: ignore[misc]
    """Adds up numbers, and counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Counting:
        return cls()

    def add_one(self, number: int) -> int:
        self.calls += 1
        return number + 1

    def add(self, first: int, second: int) -> int:
        self.calls += 1
        return first + second


def node(function: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Counting, constructor_name="create", fn=function, config={}, eager=True)


@pytest.fixture
def loaded(tmp_path: Path) -> DaskGraphRunner:
    schema = GraphSchema(
        {
            "sum": node("add", first="left", second="right"),
            "left": node("add_one", number="__number__"),
            "right": node("add_one", number="left"),
            "apart": node("add_one", number="__number__"),
        }
    )
    return DaskGraphRunner.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema))


@pytest.mark.parametrize("targets", [["sum"], ["right"], ["apart", "sum"], ["left", "right"]])
def test_it_gives_what_rasas_runner_gives(loaded: DaskGraphRunner, targets: list[str]) -> None:
    inputs = {"__number__": 5}
    assert PlannedGraphRunner.of(loaded).run(inputs, targets) == loaded.run(inputs, targets)


def test_each_component_runs_once_and_only_if_it_is_needed(loaded: DaskGraphRunner) -> None:
    PlannedGraphRunner.of(loaded).run({"__number__": 5}, ["sum"])
    calls = {name: loaded._instantiated_nodes[name]._component.calls for name in ("left", "right", "sum", "apart")}
    assert calls == {"left": 1, "right": 1, "sum": 1, "apart": 0}


def test_a_second_run_takes_its_own_inputs(loaded: DaskGraphRunner) -> None:
    runner = PlannedGraphRunner.of(loaded)
    assert [runner.run({"__number__": number}, ["sum"])["sum"] for number in (1, 2)] == [5, 7]


def test_a_missing_input_is_an_error(loaded: DaskGraphRunner) -> None:
    with pytest.raises(KeyError):
        PlannedGraphRunner.of(loaded).run({}, ["sum"])
