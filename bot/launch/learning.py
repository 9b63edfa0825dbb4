"""What `learn` does between its question and its report: measure, write, train, measure again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.launch.nlu_report import offered_topics, with_usual_labels
from bot.launch.understanding import facts_of
from bot.measure.comparison import PartComparison, compare
from bot.measure.labelled import Line, read_files
from bot.measure.report import measure
from bot.measure.rows import Row
from bot.training.kept_files import KeptFiles
from bot.training.lesson import Lesson, lesson_of
from bot.training.model import DATA_FOLDER
from bot.utterances.nlu_file import read_nlu, with_examples
from bot.utterances.regressions import read_regressions, without_known, write_regressions
from bot.utterances.training_data import read_text, read_utterances
from bot.utterances.utterance import Utterance

NLU_FOLDER = Path(DATA_FOLDER) / "nlu"
REGRESSIONS_FOLDER = Path("tests/regressions")

Measure = Callable[[Path, Sequence[Line]], list[Row]]


class TrainingFailed(Exception):
    """The model could not be trained; the training data are as they were."""


@dataclass(frozen=True)
class Workshop:
    """The project's folder, and what is done in it: which model fits the data, what it makes of lines, training."""

    root: Path
    present_model: Callable[[], Path]
    measure: Measure
    train: Callable[[], bool]


@dataclass(frozen=True)
class Result:
    """What came of it. Rows are of the same lines in the same order, those of the set first, then the regressions."""

    of_set: tuple[tuple[Row, Row], ...]
    of_regressions: tuple[tuple[Row, Row], ...]
    comparison: dict[str, PartComparison]
    changed: tuple[Path, ...]

    @property
    def still_wrong(self) -> list[Row]:
        """Lines of the set that are not understood though they were learned."""
        return [after for _, after in self.of_set if not is_understood(after)]

    @property
    def broken(self) -> list[Row]:
        """Regression tests that were understood and no longer are."""
        return [after for before, after in self.of_regressions if is_understood(before) and not is_understood(after)]


def is_understood(row: Row) -> bool:
    """Whether the bot acts on what was meant; to ask back is not to understand."""
    return row.is_right and row.understood


class Learning:
    """One review set, checked and ready to be learned."""

    def __init__(
        self, workshop: Workshop, lesson: Lesson, regressions: Sequence[Utterance], measured: Sequence[Line]
    ) -> None:
        self._workshop = workshop
        self.lesson = lesson
        self._regressions = regressions
        self._measured = measured

    @classmethod
    def prepare(cls, workshop: Workshop, file: Path, more: Iterable[Path]) -> Learning:
        """Read and check everything; nothing is changed.

        Raises:
            Unlearnable, Unusable, UnreadableUtterances: with lines that say where and why.
        """
        set_lines = read_nlu(read_text(file), str(file))
        data = read_utterances(workshop.root / NLU_FOLDER)
        regressions = read_regressions(workshop.root / REGRESSIONS_FOLDER)
        intents = facts_of(workshop.present_model()).intents
        lesson = lesson_of(set_lines, intents, data, regressions)
        measured = [*_lines(lesson.lines), *_lines(regressions), *with_usual_labels(read_files(more), intents)]
        learning = cls(workshop, lesson, regressions, measured)
        learning._additions()
        return learning

    def learn(self) -> Result:
        """Measure, add the lines, train, measure again, keep as regression tests what is understood now.

        Raises:
            TrainingFailed: when there is no new model.
        """
        before = self._workshop.measure(self._workshop.present_model(), self._measured)
        additions, files = self._additions(), KeptFiles()
        after = before
        if additions:
            try:
                files.write(additions)
                if not self._workshop.train():
                    raise TrainingFailed
                after = self._workshop.measure(self._workshop.present_model(), self._measured)
            except BaseException:  # Ctrl-C too
                files.put_back()
                raise
        pairs = list(zip(before, after, strict=True))
        size = len(self.lesson.lines)
        tests = self._tests([row for _, row in pairs[:size]])
        files.write(tests)
        topics = offered_topics()
        return Result(
            of_set=tuple(pairs[:size]),
            of_regressions=tuple(pairs[size : size + len(self._regressions)]),
            comparison=compare(measure(before, topics), measure(after, topics)),
            changed=(*additions, *tests),
        )

    def _additions(self) -> dict[Path, str]:
        """The files of the training data as they will be."""
        groups: dict[tuple[str, str], list[str]] = {}
        for line in self.lesson.new:
            groups.setdefault((line.language, line.intent), []).append(line.text)
        contents = {}
        for (language, intent), texts in groups.items():
            path = NLU_FOLDER / language / f"{intent}.yml"
            where = self._workshop.root / path
            content = read_text(where) if where.exists() else None
            contents[where] = with_examples(content, intent, texts, path.as_posix())
        return contents

    def _tests(self, after: Sequence[Row]) -> dict[Path, str]:
        """The files of the regression tests with the lines that are understood now."""
        understood = [line for line, row in zip(self.lesson.lines, after, strict=True) if is_understood(row)]
        contents: dict[Path, str] = {}
        for line in without_known(understood, self._regressions):
            path = self._workshop.root / REGRESSIONS_FOLDER / f"{line.language}.yml"
            before = contents.get(path) or (read_text(path) if path.exists() else "")
            contents[path] = before + write_regressions([line])
        return contents


def _lines(utterances: Iterable[Utterance]) -> list[Line]:
    return [Line(each.text, each.intent, each.language, each.place) for each in utterances]
