"""What is said below the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.comparison import Difference
from tests.benchmarks.notes import notes
from tests.benchmarks.plan import FULL, QUICK, Plan
from tests.benchmarks.played import Played, PlayedTurn
from tests.benchmarks.rounds import Measurement
from tests.benchmarks.trained_model import TrainedModel, Training

MACHINE = {"cores": 2, "python": "3.10", "rasa": "3.6", "date": "2026-01-01", "busy": [0.5]}
TURN = PlayedTurn("script", 1, 0.1, 0.1, "ok")
SYSTEM = Measurement(first_turns=[TURN, TURN], loads={1: [Played(1.0, (TURN,))] * 2}, unanswered=3)
MODEL = Path("model.tar.gz")


def said(plan: Plan, training: Training | None = None, is_stand_in: bool = False) -> str:
    """Every note of a run in which one turn was answered otherwise."""
    differing = [Difference("script", 1, "yes", "no")]
    return "\n".join(notes(plan, (SYSTEM, SYSTEM), differing, TrainedModel(MODEL, training, is_stand_in), MACHINE))


def test_it_is_said_how_many_turns_differ_and_how_many_got_no_answer() -> None:
    assert "answered differently: 1 of 2 turns; not answered: stock 3, ours 3" in said(QUICK)


def test_a_training_that_was_reckoned_is_said_to_be() -> None:
    text = said(FULL, Training(800, epochs=4, epoch_seconds=570))
    assert "4 of 100 epochs measured in 800 s (570 s of them in the epochs), the rest reckoned" in text


@pytest.mark.parametrize("training", [None, Training(14000, epochs=100, epoch_seconds=13900)])
def test_a_whole_training_needs_no_word(training: Training | None) -> None:
    assert "reckoned" not in said(FULL, training)


def test_a_stand_in_is_named_one() -> None:
    assert "STAND-IN" in said(QUICK, Training(60, epochs=8, epoch_seconds=40), is_stand_in=True)


def test_rounds_are_shown_beside_each_other_where_there_are_several() -> None:
    assert "by round: stock 100, 100 ms, ours 100, 100 ms" in said(FULL)
    assert "by round" not in said(QUICK)
