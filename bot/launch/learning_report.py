"""What `learn` prints: what there is to learn, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.launch.learning import Result, is_understood
from bot.measure.printed import printed_comparison
from bot.measure.rows import Row
from bot.measure.wording import Words
from bot.training.lesson import Lesson


def printed_plan(file: Path, lesson: Lesson, words: Words) -> str:
    """Every line that is to be learned, and every one that is left out."""
    counts = {name: len(getattr(lesson, name)) for name in ("lines", "new", "known", "left_out")}
    told = [words("plan", file=file, **counts)]
    told += [words("new_line", intent=line.intent, language=line.language, text=line.text) for line in lesson.new]
    told += [
        words("left_out_line", intent=each.line.intent, text=each.line.text, like=each.like) for each in lesson.left_out
    ]
    return "\n".join(told)


def printed_result(result: Result, words: Words) -> str:
    """Before and after, what is still wrong, what was changed, what is left to do."""
    told = [printed_comparison(result.comparison, Words(words.language))]
    for name, pairs in (("of_set", result.of_set), ("of_regressions", result.of_regressions)):
        before, after = (sum(map(is_understood, rows)) for rows in _columns(pairs))
        told.append(words(name, before=before, after=after, lines=len(pairs)))
    told += _listed("still_wrong", result.still_wrong, words) + _listed("broken", result.broken, words)
    if result.changed:
        told += ["", words("changed"), *(f"  {path}" for path in result.changed)]
    return "\n".join([*told, words("left") if result.changed else words("nothing_changed")])


def _columns(pairs: Sequence[tuple[Row, Row]]) -> tuple[list[Row], list[Row]]:
    return [before for before, _ in pairs], [after for _, after in pairs]


def _listed(name: str, rows: Sequence[Row], words: Words) -> list[str]:
    return ["", words(name), *(_line(row, words) for row in rows)] if rows else []


def _line(row: Row, words: Words) -> str:
    taken = row.predicted if row.understood else words("asked_back")
    return words("line", text=row.text, intent=row.gold, taken=taken)
