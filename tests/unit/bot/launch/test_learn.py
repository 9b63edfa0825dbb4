"""`learn` in a small project, with a model that is played: what it changes, takes back, tells and asks."""

from __future__ import annotations

import argparse
import io
import json
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.launch import learn
from bot.launch.learn import WORDS_FILE
from bot.launch.learning import Learning, TrainingFailed, Workshop
from bot.launch.learning_report import printed_plan, printed_result
from bot.measure.errors import Unusable
from bot.measure.labelled import Line
from bot.measure.rows import Row
from bot.measure.wording import Words
from bot.training.lesson import Unlearnable
from bot.utterances.nlu_file import with_examples, write_nlu
from bot.utterances.regressions import read_regressions, write_regressions
from bot.utterances.training_data import read_utterances
from bot.utterances.utterance import Utterance

NEW = Utterance("do you take a cut when i put money in", "ask_fees", "en")
HARD = Utterance("钱呢", "topup_failure", "zh")
OLD = Utterance("where does my money stay", "topup_failure", "en")


class PlayedModel:
    """Understands what the data teach, but for some lines; `unlearns` what it no longer does after a training."""

    def __init__(self, root: Path, hard: Sequence[str] = (), unlearns: Sequence[str] = ()) -> None:
        self.root = root
        self.hard, self.unlearns = set(hard), set(unlearns)
        self.trained = 0
        self.fails: BaseException | None = None
        self.is_bad = False
        self.learned = self._taught()

    def present(self) -> Path:
        return self.root / "model.tar.gz"

    def train(self) -> bool:
        self.trained += 1
        if self.fails:
            raise self.fails
        if not self.is_bad:
            self.learned = {text: intent for text, intent in self._taught().items() if text not in self.unlearns}
        return not self.is_bad

    def measure(self, _model: Path, lines: Sequence[Line]) -> list[Row]:
        return [self._row(line) for line in lines]

    def workshop(self) -> Workshop:
        return Workshop(self.root, self.present, self.measure, self.train)

    def _row(self, line: Line) -> Row:
        taken = self.learned.get(line.text, "greet") if line.text not in self.hard else "greet"
        return Row(line.text, line.label, taken, 0.9, (taken,), True, line.language or "en")

    def _taught(self) -> dict[str, str]:
        return {each.text: each.intent for each in read_utterances(self.root / "data/nlu")}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project: a little data, a regression test that is understood, the file of a model."""
    for language, intent, texts in (
        ("en", "ask_fees", ["is topping up free"]),
        ("en", "topup_failure", ["my top-up is not there", OLD.text]),
        ("en", "greet", ["hi"]),
    ):
        path = tmp_path / "data/nlu" / language / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(with_examples(None, intent, texts, path.name), encoding="utf-8")
    (tmp_path / "tests/regressions").mkdir(parents=True)
    (tmp_path / "tests/regressions/en.yml").write_text("# Ours.\n" + write_regressions([OLD]), encoding="utf-8")
    (tmp_path / "data/words").mkdir()
    (tmp_path / "data/words/topics.yml").write_text("words: {topic_ask_fees: {zh: a, en: a}}", encoding="utf-8")
    metadata = json.dumps({"domain": {"intents": ["ask_fees", "topup_failure", "greet"]}}).encode()
    member = tarfile.TarInfo("metadata.json")
    member.size = len(metadata)
    with tarfile.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.addfile(member, io.BytesIO(metadata))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def review_set(root: Path, *lines: Utterance) -> Path:
    path = root / "set.yml"
    path.write_text(write_nlu(lines), encoding="utf-8")
    return path


def files_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in ("data", "tests") for path in (root / folder).rglob("*.yml")}


def prepare(root: Path, model: PlayedModel, *lines: Utterance, measured: Sequence[Path] = ()) -> Learning:
    return Learning.prepare(model.workshop(), review_set(root, *lines), measured)


def test_lines_are_added_trained_measured_and_kept_as_regression_tests(root: Path) -> None:
    model = PlayedModel(root)

    result = prepare(root, model, NEW).learn()

    taught = root / "data/nlu/en/ask_fees.yml"
    assert taught.read_text(encoding="utf-8").endswith(f"    - is topping up free\n    - {NEW.text}\n")
    assert [(line.text, line.intent) for line in read_regressions(root / "tests/regressions")] == [
        (OLD.text, OLD.intent),
        (NEW.text, NEW.intent),
    ]
    assert (root / "tests/regressions/en.yml").read_text(encoding="utf-8").startswith("# Ours.\n- ")
    assert model.trained == 1
    (accuracy,) = [change for change in result.comparison["all"].summary if change.name == "accuracy"]
    assert (accuracy.before, accuracy.after) == (0.5, 1.0)
    assert set(result.changed) == {taught, root / "tests/regressions/en.yml"}
    assert (result.still_wrong, result.broken) == ([], [])


def test_a_second_run_changes_nothing_and_does_not_train(root: Path) -> None:
    prepare(root, PlayedModel(root), NEW).learn()
    before, model = files_of(root), PlayedModel(root)

    result = prepare(root, model, NEW).learn()

    assert files_of(root) == before
    assert (model.trained, result.changed) == (0, ())


def test_a_line_that_is_not_understood_all_the_same_is_told_and_is_no_regression_test(root: Path) -> None:
    model = PlayedModel(root, hard=[HARD.text])

    result = prepare(root, model, NEW, HARD).learn()

    assert [row.text for row in result.still_wrong] == [HARD.text]
    assert HARD.text not in {line.text for line in read_regressions(root / "tests/regressions")}
    assert (root / "data/nlu/zh/topup_failure.yml").is_file()


def test_a_regression_test_that_is_no_longer_understood_is_told(root: Path) -> None:
    result = prepare(root, PlayedModel(root, unlearns=[OLD.text]), NEW).learn()

    assert [row.text for row in result.broken] == [OLD.text]


@pytest.mark.parametrize("end", ["no model", "Ctrl-C"])
def test_when_training_fails_the_data_are_what_they_were(root: Path, end: str) -> None:
    before, model = files_of(root), PlayedModel(root)
    model.is_bad = end == "no model"
    model.fails = None if model.is_bad else KeyboardInterrupt()

    with pytest.raises(TrainingFailed if model.is_bad else KeyboardInterrupt):
        prepare(root, model, NEW, HARD).learn()

    assert files_of(root) == before


def test_a_set_that_cannot_be_learned_changes_nothing(root: Path) -> None:
    before = files_of(root)

    with pytest.raises(Unlearnable, match="is to be ask_fees, but stands under greet"):
        prepare(root, PlayedModel(root), Utterance("hi", "ask_fees", "en"), NEW)

    assert files_of(root) == before


def test_labelled_lines_are_measured_besides(root: Path) -> None:
    more = root / "en_more.jsonl"
    more.write_text('{"text": "is topping up free", "intent": "ask_fees"}', encoding="utf-8")

    result = prepare(root, PlayedModel(root), NEW, measured=[more]).learn()

    (lines,) = [change for change in result.comparison["all"].summary if change.name == "lines"]
    assert (lines.before, lines.after) == (3, 3)


def test_labelled_lines_of_an_unknown_intent_are_refused_before_anything_happens(root: Path) -> None:
    more = root / "en_more.jsonl"
    more.write_text('{"text": "x", "intent": "unheard_of"}', encoding="utf-8")

    with pytest.raises(Unusable, match="no intent 'unheard_of'"):
        prepare(root, PlayedModel(root), NEW, measured=[more])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_tells_the_plan_and_what_came_of_it_in_both_languages(root: Path, language: str) -> None:
    words = Words(language, WORDS_FILE)
    learning = prepare(root, PlayedModel(root, hard=[HARD.text], unlearns=[OLD.text]), NEW, HARD)

    plan = printed_plan(Path("set.yml"), learning.lesson, words)
    told = printed_result(learning.learn(), words)

    assert NEW.text in plan
    for text in (HARD.text, OLD.text):
        assert text in told
    assert ("0/2 → 1/2" in told) or ("0 of 2 → 1 of 2" in told)


def test_its_words_exist_in_both_languages() -> None:
    words = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))

    assert {frozenset(texts) for texts in words.values()} == {frozenset({"zh", "en"})}


@pytest.fixture
def played(root: Path, monkeypatch: pytest.MonkeyPatch) -> PlayedModel:
    """The model that the command works with."""
    model = PlayedModel(root)
    monkeypatch.setattr(learn, "present_model", model.present)
    monkeypatch.setattr(learn, "measure_lines", model.measure)
    monkeypatch.setattr(learn, "_train", model.train)
    return model


def run(*words: Any) -> int:
    parser = argparse.ArgumentParser()
    learn.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["learn", *map(str, words)])
    return int(arguments.handler(arguments))


@pytest.mark.parametrize(("typed", "trained"), [("y\n", 1), ("yes\n", 1), ("\n", 0), ("n\n", 0), ("", 0)])
def test_it_asks_before_it_changes_anything(
    root: Path, played: PlayedModel, typed: str, trained: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    before = files_of(root)

    code = run(review_set(root, NEW))

    assert (code, played.trained) == (0 if trained else 1, trained)
    assert (files_of(root) == before) is not bool(trained)


def test_it_ends_with_one_where_something_was_unlearned(root: Path, played: PlayedModel) -> None:
    played.unlearns = {OLD.text}

    assert run(review_set(root, NEW), "--yes") == 1


def test_it_ends_with_one_and_says_that_the_data_are_back(
    root: Path, played: PlayedModel, capsys: pytest.CaptureFixture[str]
) -> None:
    played.is_bad = True

    assert run(review_set(root, NEW), "--yes") == 1
    assert "as they were" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["nlu: [", "nlu:\n- intent: salute\n  metadata: {language: en}\n  examples: |\n    - hi\n"]
)
def test_a_file_that_cannot_be_used_ends_it_with_two(
    root: Path, played: PlayedModel, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / "set.yml"
    path.write_text(content, encoding="utf-8")

    assert run(path, "--yes") == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(str(path))
    assert err.endswith("Nothing was changed.\n")


def test_a_file_that_is_not_there_ends_it_with_two(root: Path, played: PlayedModel) -> None:
    assert run(root / "none.yml", "--yes") == 2
