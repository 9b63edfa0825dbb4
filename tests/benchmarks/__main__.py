"""``python -m tests.benchmarks``: measure stock and ours by turns, print a table, write var/bench.json."""

from __future__ import annotations

import argparse
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from tests.benchmarks import systems
from tests.benchmarks.comparison import differences
from tests.benchmarks.notes import notes
from tests.benchmarks.own_model import own_model
from tests.benchmarks.plan import FULL, QUICK, Plan
from tests.benchmarks.report import machine, table, write
from tests.benchmarks.rounds import Measurement, measure
from tests.benchmarks.rows import row_of_training, rows_of_growth, rows_of_process, rows_of_turns
from tests.benchmarks.scripts import Scripts, load_scripts
from tests.benchmarks.stock_model import BENCHMARK_EPOCHS, EPOCHS, is_there, stand_in, stock_model
from tests.benchmarks.surroundings import Surroundings
from tests.benchmarks.trained_model import TrainedModel

_FOLDER = Path("var/bench/run")
_REPORT = Path("var/bench.json")


def main(words: list[str]) -> int:
    """Measure; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Stock Rasa 3.6 against this bot.")
    parser.add_argument("--quick", action="store_true", help="one round, 1 and 8 users")
    parser.add_argument("--full-training", action="store_true", help=f"train stock for {EPOCHS} epochs: hours")
    arguments = parser.parse_args(words)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        run(QUICK if arguments.quick else FULL, EPOCHS if arguments.full_training else BENCHMARK_EPOCHS)
    except KeyboardInterrupt:
        return 130
    return 0


def run(plan: Plan, epochs: int) -> None:
    """Get the models, measure both systems round by round, report."""
    facts, scripts = machine(), load_scripts()
    models = _model_of_stock(plan, epochs), _model_of_ours(plan)
    measured = _measure(plan, scripts, models)
    groups = [
        *(rows_of_turns(*measured, users) for users in plan.conversations),
        rows_of_growth(*measured, scripts.cycle_length),
        [*rows_of_process(*measured), row_of_training(*models, EPOCHS)],
    ]
    differing = differences(*(measurement.first_turns for measurement in measured))
    lines = notes(plan, measured, differing, models[0], facts)
    raw = {"machine": facts, "plan": asdict(plan), "differing": [asdict(one) for one in differing]}
    for system, measurement, model in zip((systems.STOCK, systems.OURS), measured, models, strict=True):
        raw[system] = measurement.as_raw() | {"training": model.training and asdict(model.training)}
    write(_REPORT, groups, lines, raw)
    _say(f"\n{table(groups, lines)}- everything is in {_REPORT}")


def _model_of_stock(plan: Plan, epochs: int) -> TrainedModel:
    """The stock model; in a quick run without one a stand-in."""
    root = Path.cwd()
    if plan is QUICK and not is_there(root, epochs):
        _say("no stock model of the present data (`make bench` trains it): a small stand-in, two minutes if it is new")
        return stand_in(root)
    if not is_there(root, epochs):
        long = "hours" if epochs == EPOCHS else "ten minutes or more"
        _say(f"training stock for {epochs} epochs, once for these data: {long}")
    return stock_model(root, epochs)


def _model_of_ours(plan: Plan) -> TrainedModel:
    _say("our model, trained if it is not there")
    return own_model(Path.cwd(), measured=plan is FULL)


def _measure(
    plan: Plan, scripts: Scripts, models: tuple[TrainedModel, TrainedModel]
) -> tuple[Measurement, Measurement]:
    """Stock and ours, each measured in every round."""
    of_stock, of_ours = models
    surroundings = Surroundings(_FOLDER.resolve(), of_ours.path.parent.resolve())
    pair = systems.stock(surroundings, of_stock.path), systems.ours(surroundings)
    measured = Measurement(), Measurement()
    try:
        surroundings.start_both()
        for number in range(1, plan.rounds + 1):
            for system, measurement in zip(pair, measured, strict=True):
                _say(f"round {number} of {plan.rounds}: {system.name}")
                measure(system, plan, scripts, measurement)
    finally:
        surroundings.stop_all()
    return measured


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
