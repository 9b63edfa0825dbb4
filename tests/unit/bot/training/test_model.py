"""Which model fits the data, and whether it can be read."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from bot.training.model import DamagedModel, check_model, fingerprint, model_path, sources
from tests.fakes.language_model import write_language_model

FILES = (
    "config.yml",
    "domain.yml",
    "data/nlu/zh/greet.yml",
    "data/rules/dialogue.yml",
    "data/responses/dialogue.yml",
    "bot/nlu/normalize.py",
    "bot/nlu/spelling.yml",
    "requirements.lock",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one file of each kind."""
    for name in (*FILES, "data/words/topics.yml", "actions/topics/fees.py", "bot/nlu/__pycache__/normalize.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"content of {name}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_change_of_what_is_trained_from_asks_for_another_model(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).write_text("other content", encoding="utf-8")

    assert fingerprint(root) != before


def test_a_new_a_moved_and_a_removed_file_ask_for_another_model(root: Path) -> None:
    prints = [fingerprint(root)]
    (root / "data/stories").mkdir()
    (root / "data/stories/login.yml").write_text("", encoding="utf-8")
    prints.append(fingerprint(root))
    (root / "data/stories/login.yml").rename(root / "data/stories/topup.yml")
    prints.append(fingerprint(root))
    (root / "data/nlu/zh/greet.yml").unlink()
    prints.append(fingerprint(root))

    assert len(set(prints)) == 4


@pytest.mark.parametrize(
    "name", ["data/words/topics.yml", "actions/topics/fees.py", "bot/nlu/__pycache__/normalize.pyc", "README.md"]
)
def test_a_change_of_anything_else_keeps_the_model(root: Path, name: str) -> None:
    before = fingerprint(root)
    (root / name).write_text("other content", encoding="utf-8")

    assert fingerprint(root) == before


def test_the_same_data_elsewhere_has_the_same_model(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    for file in sources(root):
        copy = elsewhere / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())

    assert model_path(elsewhere, Path("models")) == model_path(root, Path("models"))


def test_each_configuration_has_a_model_of_its_own(root: Path) -> None:
    other = Path("other.yml")
    (root / other).write_text("pipeline: []", encoding="utf-8")
    usual, before = fingerprint(root), fingerprint(root, other)
    assert usual != before

    (root / other).write_text("pipeline: []  # changed", encoding="utf-8")
    assert fingerprint(root, other) != before
    assert fingerprint(root) == usual


@pytest.mark.parametrize("is_inside", [True, False])
def test_other_weights_of_a_language_model_ask_for_another_model(
    root: Path, tmp_path_factory: pytest.TempPathFactory, is_inside: bool
) -> None:
    folder = root / "language-model" if is_inside else tmp_path_factory.mktemp("language-model")
    write_language_model(folder)
    named, other = "language-model" if is_inside else str(folder), Path("other.yml")
    (root / other).write_text(f"pipeline:\n  - name: a.B\n    model_weights: {named}\n", encoding="utf-8")
    prints = [fingerprint(root, other), fingerprint(root, other)]
    write_language_model(folder, seed=2)
    prints.append(fingerprint(root, other))

    assert prints[0] == prints[1] != prints[2]


def write_model(path: Path, member: str = "metadata.json") -> bytes:
    """An archive with that member and one of half a megabyte; its bytes."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in ((member, b"{}"), ("components/model.joblib", bytes(range(256)) * 2000)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path.read_bytes()


def test_a_whole_model_is_fine(tmp_path: Path) -> None:
    write_model(tmp_path / "model.tar.gz")

    check_model(tmp_path / "model.tar.gz")


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_model_that_was_cut_off_is_damaged(tmp_path: Path, part: float) -> None:
    path = tmp_path / "model.tar.gz"
    whole = write_model(path)
    path.write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(DamagedModel, match="damaged"):
        check_model(path)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.25, 0.5, 0.75, 0.9])
def test_a_model_with_a_changed_byte_is_damaged(tmp_path: Path, part: float) -> None:
    path = tmp_path / "model.tar.gz"
    spoiled = bytearray(write_model(path))
    spoiled[int(len(spoiled) * part)] ^= 0xFF
    path.write_bytes(spoiled)

    with pytest.raises(DamagedModel, match="damaged"):
        check_model(path)


def test_an_archive_of_something_else_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "model.tar.gz"
    write_model(path, "something.else")

    with pytest.raises(DamagedModel, match="holds no model"):
        check_model(path)


def test_a_model_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedModel):
        check_model(tmp_path / "model.tar.gz")
