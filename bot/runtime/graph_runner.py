"""Runs a trained model's components in an order that is found once.

Rasa 3.6 plans its graph anew for each message and each prediction, with a scheduler made for many machines: 1 to 2 ms
a turn. What a component needs and how it is called stays Rasa's own.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Step = tuple[GraphNode, tuple[str, ...]]


class PlannedGraphRunner(GraphRunner):  # type: ignore[misc]
    """Calls each node after those it needs, on the thread that asks."""

    def __init__(self, nodes: dict[str, GraphNode], schema: GraphSchema) -> None:
        self._nodes = nodes
        self._schema = schema
        self._plans: dict[tuple[str, ...], list[Step]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> PlannedGraphRunner:
        """A runner with its components loaded."""
        return cls.of(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    @classmethod
    def of(cls, runner: DaskGraphRunner) -> PlannedGraphRunner:
        """A runner of the components that another has loaded."""
        return cls(runner._instantiated_nodes, runner._graph_schema)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What each target gives for the inputs."""
        wanted = tuple(targets or self._schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for node, needs in self._plans[wanted]:
            name, value = node(*(done[need] for need in needs))
            done[name] = (name, value)
        return dict(done[target] for target in wanted)

    def _plan(self, targets: tuple[str, ...]) -> list[Step]:
        order: dict[str, Step] = {}

        def add(name: str) -> None:
            if name in order or name not in self._nodes:
                return  # planned already, or an input
            needs = tuple(self._schema.nodes[name].needs.values())
            for need in needs:
                add(need)
            order[name] = (self._nodes[name], needs)

        for target in targets:
            add(target)
        return list(order.values())
