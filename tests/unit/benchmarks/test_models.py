"""What the stock model is trained from, and what a training took."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import ROOT, read_yaml
from tests.benchmarks.stock_model import EPOCHS, config_with, fingerprint, thin
from tests.benchmarks.trained_model import Training, epochs_of, known, train

CONFIG = (ROOT / "tests/benchmarks/stock/config.yml").read_text(encoding="utf-8")


def component(config: str, name: str) -> dict[str, object]:
    """A component of a pipeline."""
    return next(entry for entry in yaml.safe_load(config)["pipeline"] if entry["name"] == name)


def test_stock_is_the_default_of_rasa_behind_our_pattern_components() -> None:
    rasa = pytest.importorskip("rasa.engine.recipes")
    default = Path(rasa.__file__).parent / "config_files/default_config.yml"
    proposed, ours = yaml.safe_load(default.read_text(encoding="utf-8")), yaml.safe_load(CONFIG)
    assert ours["policies"] == proposed["policies"]
    assert ours["pipeline"][2:] == proposed["pipeline"]
    assert [entry["name"] for entry in ours["pipeline"][:2]] == [
        "bot.nlu.language.LanguageDetector",
        "bot.nlu.entities.PatternEntityExtractor",
    ]


def test_other_epochs_are_all_that_changes() -> None:
    changed = config_with(4, CONFIG)
    assert component(changed, "DIETClassifier")["epochs"] == 4
    assert yaml.safe_load(config_with(EPOCHS, changed)) == yaml.safe_load(CONFIG)


def project(folder: Path) -> Path:
    """A project with one file of each kind."""
    for name in ("config.yml", "domain.yml", "data/nlu/zh/greet.yml", "bot/nlu/intent.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "tests/benchmarks/stock").mkdir(parents=True)
    (folder / "tests/benchmarks/stock/config.yml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "is_another"),
    [
        ("domain.yml", True),
        ("data/nlu/zh/greet.yml", True),
        ("config.yml", False),
        ("bot/nlu/intent.py", False),
    ],
)
def test_stock_is_trained_again_when_its_own_sources_changed(tmp_path: Path, name: str, is_another: bool) -> None:
    before = fingerprint(project(tmp_path), 4)
    (tmp_path / name).write_text("other content", encoding="utf-8")
    assert (fingerprint(tmp_path, 4) != before) is is_another


def test_other_epochs_make_another_model(tmp_path: Path) -> None:
    project(tmp_path)
    assert fingerprint(tmp_path, 4) != fingerprint(tmp_path, EPOCHS)


def test_a_thin_file_keeps_the_first_examples_of_each_intent() -> None:
    file = "data/nlu/zh/greet.yml"
    whole, part = read_yaml(file), yaml.safe_load(thin((ROOT / file).read_text(encoding="utf-8"), 3))
    assert part["nlu"][0]["intent"] == whole["nlu"][0]["intent"]
    assert part["nlu"][0]["examples"].splitlines() == whole["nlu"][0]["examples"].splitlines()[:3]


@pytest.mark.parametrize(
    ("log", "wanted"),
    [
        (
            "Epochs:  50%|██▌  | 2/4 [03:22<03:16, 98.1s/it]\rEpochs: 100%|█████| 4/4 [06:40<00:00, 99.1s/it]\n",
            (4, 400),
        ),
        ("Epochs: 100%|█████| 100/100 [3:53:20<00:00, 140.0s/it, t_loss=1.2]\nYour model is trained\n", (100, 14000)),
        ("Epochs:  25%|██▌  | 1/4 [02:00<05:58, 119.3s/it]", (0, 0)),
        ("trained models/hotline.tar.gz in 41 s\n", (0, 0)),
    ],
)
def test_epochs_are_read_from_the_bar_that_rasa_draws(log: str, wanted: tuple[int, float]) -> None:
    assert epochs_of(log) == wanted


def test_a_training_without_epochs_takes_what_it_took() -> None:
    assert Training(50).seconds_with(100) == 50


def test_a_model_is_known_with_the_record_of_its_training_only(tmp_path: Path) -> None:
    path = tmp_path / "stock-1.tar.gz"
    path.write_bytes(b"")
    assert known(path) is None
    (tmp_path / "stock-1.json").write_text('{"seconds": 5.0, "epochs": 4, "epoch_seconds": 3.0}', encoding="utf-8")
    found = known(path)
    assert found is not None
    assert found.training == Training(5.0, 4, 3.0)


def test_models_of_former_data_make_room_for_a_new_one(tmp_path: Path) -> None:
    for name in (
        "stock-4-epochs-old.tar.gz",
        "stock-4-epochs-old.json",
        "stock-100-epochs-old.tar.gz",
        "hotline-a.json",
    ):
        (tmp_path / name).write_text("", encoding="utf-8")
    path = tmp_path / "stock-4-epochs-new.tar.gz"
    train(path, ["touch", str(path)], {}, tmp_path / "log")
    left = {file.name for file in tmp_path.glob("*.*")}
    assert left == {
        "stock-4-epochs-new.tar.gz",
        "stock-4-epochs-new.json",
        "stock-100-epochs-old.tar.gz",
        "hotline-a.json",
    }


def test_a_training_that_fails_says_so_in_its_first_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="training stock-1 failed, see"):
        train(tmp_path / "stock-1.tar.gz", ["false"], {}, tmp_path)
