"""Percentiles, ratios, aims, and the table they stand in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.figures import as_factor, percentile, ratio
from tests.benchmarks.report import table, write
from tests.benchmarks.rows import Row, row_of_training
from tests.benchmarks.trained_model import TrainedModel, Training


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0.001, 1)])
def test_a_percentile_is_one_of_the_values(share: float, wanted: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == wanted


def test_every_percentile_of_one_value_is_that_value() -> None:
    assert [percentile([7.0], share) for share in (0.5, 0.95, 0.99)] == [7.0] * 3


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0), ([1.0], 1.1)])
def test_there_is_no_percentile_of_nothing(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="no percentile"):
        percentile(values, share)


@pytest.mark.parametrize(
    ("stock", "ours", "wanted"), [(100.0, 8.0, 0.08), (5.0, 80.0, 16.0), (None, 1.0, None), (1.0, None, None)]
)
def test_a_ratio_is_ours_in_units_of_stock(stock: float | None, ours: float | None, wanted: float | None) -> None:
    assert ratio(stock, ours) == wanted


@pytest.mark.parametrize(("number", "text"), [(0.08, "1/12.5"), (16.04, "16x"), (1.0, "1x"), (0.5, "1/2"), (0.0, "0x")])
def test_a_ratio_reads_as_a_factor(number: float, text: str) -> None:
    assert as_factor(number) == text


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        (Row("turn", "ms", 100, 10, at_most=0.1), True),
        (Row("turn", "ms", 100, 11, at_most=0.1), False),
        (Row("speed", "1/s", 10, 100, at_least=10), True),
        (Row("speed", "1/s", 10, 99, at_least=10), False),
        (Row("growth", "", 3.1, 1.5, own_at_most=1.5), True),
        (Row("growth", "", 3.1, 1.6, own_at_most=1.5), False),
        (Row("turn", "ms", 100, 10), None),
        (Row("training", "s", None, 10, at_most=0.1), None),
    ],
)
def test_an_aim_is_met_or_missed(row: Row, is_met: bool | None) -> None:
    assert row.is_met is is_met


def test_the_table_shows_figures_ratio_and_aim() -> None:
    rows = [
        Row("turn p50, 1 user", "ms", 98.44, 7.2, at_most=0.1),
        Row("training", "s", None, 1234.0, at_most=0.1),
        Row("turn p95, 1 user", "ms", 98.44, 7.2),
    ]
    lines = table([rows], ["a note"]).splitlines()
    assert lines[0].split() == ["stock", "ours", "ratio", "aim"]
    assert lines[1].split() == [
        "turn",
        "p50,",
        "1",
        "user",
        "ms",
        "98.4",
        "7.2",
        "1/13.7",
        "at",
        "most",
        "1/10,",
        "met",
    ]
    assert lines[2].split() == ["training", "s", "-", "1,234", "at", "most", "1/10"]
    assert lines[3].split()[-1] == "1/13.7"
    assert lines[-1] == "- a note"


def test_groups_of_rows_stand_apart() -> None:
    row = Row("turn", "ms", 100, 10)
    assert [bool(line) for line in table([[row], [row]], []).splitlines()[:4]] == [True, True, False, True]


def test_a_figure_that_is_a_ratio_itself_has_no_other() -> None:
    assert Row("turn 100 : turn 1", "", 3.0, 1.0, own_at_most=1.5).ratio is None


def test_the_file_holds_ratios_and_the_raw_numbers(tmp_path: Path) -> None:
    path = tmp_path / "var" / "bench.json"
    write(path, [[Row("turn", "ms", 100, 5, at_most=0.1)]], ["a note"], {"machine": {"cores": 2}})
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["figures"][0] | {"ratio": 0.05, "is_met": True} == content["figures"][0]
    assert (content["notes"], content["machine"]) == (["a note"], {"cores": 2})


def model(training: Training | None, is_stand_in: bool = False) -> TrainedModel:
    """A model that took that training."""
    return TrainedModel(Path("model.tar.gz"), training, is_stand_in)


def test_a_training_of_fewer_epochs_is_reckoned_up_to_all_of_them() -> None:
    row = row_of_training(model(Training(600, epochs=4, epoch_seconds=560)), model(Training(50)), epochs=100)
    assert (row.stock, row.ours) == (40 + 100 * 140, 50)


def test_what_a_stand_in_took_and_what_nobody_measured_is_left_out() -> None:
    row = row_of_training(model(Training(60), is_stand_in=True), model(None), epochs=100)
    assert (row.stock, row.ours, row.ratio) == (None, None, None)
