"""Where the language model of a pipeline lies, and whether it can be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import weights
from bot.nlu.weights import Unusable, check_weights, weights_files, weights_folder
from tests.fakes.language_model import write_language_model


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        ("pipeline:\n  - name: a.B\n  - name: c.D\n    model_weights: somewhere/else\n", Path("somewhere/else")),
        ("pipeline:\n  - name: a.B\n    model_weights:\n", None),
        ("pipeline:\n  - name: a.B\n", None),
        ("pipeline:\n", None),
        ("no mapping", None),
        ("", None),
    ],
)
def test_the_pipeline_names_the_folder(tmp_path: Path, config: str, folder: Path | None) -> None:
    file = tmp_path / "config.yml"
    file.write_text(config, encoding="utf-8")
    assert weights_folder(file) == folder


def test_only_the_profile_has_a_language_model() -> None:
    assert weights_folder(Path("config.yml")) is None
    assert weights_folder(Path("config.transformer.yml")) == Path("language-model")


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_a_folder_without_shape_or_weights_is_refused(tmp_path: Path, missing: str) -> None:
    folder = write_language_model(tmp_path)
    check_weights(folder)
    (folder / missing).unlink()

    with pytest.raises(Unusable, match="holds no language model: put its"):
        check_weights(folder)


def test_weights_that_only_pytorch_reads_are_none(tmp_path: Path) -> None:
    folder = write_language_model(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(Unusable, match="holds no language model"):
        check_weights(folder)


def test_a_missing_package_is_named_with_what_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "no_such_package")

    with pytest.raises(Unusable, match=r"^a language model needs the package no_such_package, which `make setup`"):
        check_weights(write_language_model(tmp_path))


def test_what_is_not_read_is_no_part_of_the_model(tmp_path: Path) -> None:
    folder = write_language_model(tmp_path)
    (folder / "README.md").write_text("", encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(b"")

    assert sorted(file.name for file in weights_files(folder)) == ["config.json", "model.safetensors", "vocab.txt"]
    assert weights_files(tmp_path / "nowhere") == []
