"""What one has to know to read the table, in sentences."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.comparison import Difference
from tests.benchmarks.plan import Plan
from tests.benchmarks.rounds import Measurement
from tests.benchmarks.stock_model import EPOCHS
from tests.benchmarks.trained_model import TrainedModel


def notes(
    plan: Plan,
    systems: tuple[Measurement, Measurement],
    differing: list[Difference],
    stock_model: TrainedModel,
    machine: dict[str, Any],
) -> list[str]:
    """Each a line."""
    stock, ours = systems
    return [
        f"{machine['cores']} cores, Python {machine['python']}, Rasa {machine['rasa']}, {machine['date']}, "
        f"load {machine['busy'][0]} before it began; {plan.name} run, rounds of each system: {plan.rounds}",
        f"answered differently: {len(differing)} of {len(stock.first_turns)} turns; "
        f"not answered: stock {stock.unanswered}, ours {ours.unanswered}",
        *_of_the_rounds(plan, stock, ours),
        *_of_the_model(stock_model),
        "stock is Rasa's default pipeline and policies plus our two pattern components for language and amounts, "
        "which its slots come from; the data has rules and no stories, so TED and UnexpecTED learn nothing",
        "stock's action server is the SDK's own, without the command line of Rasa around it",
    ]


def _of_the_rounds(plan: Plan, stock: Measurement, ours: Measurement) -> list[str]:
    """How far the rounds lie apart, which tells how busy the machine was with other things."""
    if plan.rounds == 1:
        return []
    users = min(plan.conversations)
    of_stock, of_ours = (
        ", ".join(f"{seconds * 1000:.0f}" for seconds in system.percentiles(users, 0.5)) for system in (stock, ours)
    )
    return [f"each figure is of the middle round; p50 of {users} user by round: stock {of_stock} ms, ours {of_ours} ms"]


def _of_the_model(model: TrainedModel) -> list[str]:
    training = model.training
    if model.is_stand_in:
        return [
            "stock is a small STAND-IN, few epochs on a slice of the examples: a turn costs nearly what it costs with "
            "the whole model, start and memory are less, and it understands less; `make bench` trains the whole one"
        ]
    if training is None or training.epochs == EPOCHS:
        return []
    return [
        f"training of stock: {training.epochs} of {EPOCHS} epochs measured in {training.seconds:.0f} s "
        f"({training.epoch_seconds:.0f} s of them in the epochs), the rest reckoned; turns cost the same either way"
    ]
