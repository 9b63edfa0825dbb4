"""The report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.measure.columns import columns, one_line
from bot.measure.comparison import Change, PartComparison
from bot.measure.confidence import Answering
from bot.measure.report import ALL, Part, Report
from bot.measure.scores import Summary
from bot.measure.wording import Words, share

_SUMMARY = ("lines", "accuracy", "macro_f1", "weighted_f1", "top_three")
_INTENT = ("precision", "recall", "f1", "support", "predicted")
_ANSWERING = ("answered", "right", "offered")
_INDENT = "  "


def printed_report(report: Report, words: Words) -> str:
    """All of it, part by part."""
    lines = [*_head(report, words), "", *_summary(report, words)]
    parts = report.distinct_parts
    for name, part in parts.items():
        title = f" · {words.part(name)}" if len(parts) > 1 else ""
        lines += ["", words("per_intent") + title, *_intents(part, words)]
        lines += ["", words("answering") + title, *_answering(part, words)]
        lines += ["", words("calibration") + title, *_calibration(part, words)]
    lines += ["", words("confusions"), *_confusions(report.parts[ALL], words)]
    return _text(lines)


def printed_comparison(comparison: Mapping[str, PartComparison], words: Words) -> str:
    """Before → after for each part: its summary, its core topics, its intents."""
    lines = [words("comparison")]
    for name, part in comparison.items():
        for title, changes in (("all_topics", part.summary), ("core", part.core), ("f1_of_intents", part.intents)):
            if changes:
                lines += ["", f"{words.part(name)} · {words(title)}", *_changes(changes, words)]
    return _text(lines)


def _head(report: Report, words: Words) -> Iterator[str]:
    source, speed = report.source, report.speed
    yield words("title")
    trained = f" · {words('trained')} {source.trained_minute}" if source.trained_at else ""
    yield f"{words('model')}: {one_line(source.model)}{trained}"
    yield f"{words('files')}: {one_line(', '.join(source.files))}"
    yield f"{words('speed')}: {words('speed_value', p50=f'{speed.p50:.1f}', p95=f'{speed.p95:.1f}')}"


def _summary(report: Report, words: Words) -> Iterator[str]:
    heads = [words(key) for key in _SUMMARY]
    parts = report.distinct_parts
    rows = [[words.part(name), *_summary_cells(part.summary)] for name, part in parts.items()]
    core = [[words.part(name), *_summary_cells(part.core)] for name, part in parts.items() if part.core]
    yield from columns([[words("all_topics"), *heads], *rows])
    if core:
        yield ""
        yield from columns([[words("core"), *heads], *core])
        yield words("core_note")


def _summary_cells(summary: Summary) -> list[str]:
    shares = (summary.accuracy, summary.macro_f1, summary.weighted_f1, summary.top_three)
    return [str(summary.lines), *map(share, shares)]


def _intents(part: Part, words: Words) -> Iterator[str]:
    rows = [
        [
            each.name,
            *(share(value) for value in (each.precision, each.recall, each.f1)),
            str(each.support),
            str(each.predicted),
        ]
        for each in part.intents
    ]
    return columns([[words("intent"), *(words(key) for key in _INTENT)], *rows])


def _answering(part: Part, words: Words) -> Iterator[str]:
    rows = [[f"{row.threshold:.1f}", *_answering_cells(row)] for row in part.curve]
    now = [words("now"), *_answering_cells(part.now)]
    return columns([[words("threshold"), *(words(key) for key in _ANSWERING)], *rows, now])


def _answering_cells(row: Answering) -> list[str]:
    return [share(row.answered), share(row.precision), share(row.offered)]


def _calibration(part: Part, words: Words) -> Iterator[str]:
    heads = [words("confidence"), words("lines"), words("mean_confidence"), words("accuracy")]
    rows = [
        [f"{row.low:.1f}–{row.high:.1f}", str(row.lines), share(row.confidence), share(row.accuracy)]
        for row in part.calibration.bins
    ]
    yield from columns([heads, *rows])
    yield f"{words('calibration_error')}: {share(part.calibration.error)}"


def _confusions(part: Part, words: Words) -> Iterator[str]:
    if not part.confusions:
        yield words("no_confusions")
    for row in part.confusions:
        pair = words("confused", gold=row.gold, predicted=words.intent(row.predicted))
        yield f"{pair}: {words('confused_share', count=row.count, share=share(row.share))}"
        for example in row.examples:
            yield f"{_INDENT}{example.confidence:.2f}  {one_line(example.text)}"


def _changes(changes: Sequence[Change], words: Words) -> Iterator[str]:
    heads = ["", words("before"), "", words("after"), words("difference")]
    return columns([heads, *(_change(change, words) for change in changes)])


def _change(change: Change, words: Words) -> list[str]:
    before, after = (_figure(change.name, value) for value in (change.before, change.after))
    return [_name(change, words), before, "→", after, _rise(change)]


def _name(change: Change, words: Words) -> str:
    return words(change.name) if change.name in _SUMMARY else change.name


def _figure(name: str, value: float | None) -> str:
    return str(value) if name == "lines" and value is not None else share(value)


def _rise(change: Change) -> str:
    if change.difference is None:
        return ""
    return f"{change.difference:+d}" if isinstance(change.difference, int) else f"{change.difference * 100:+.1f}"


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
