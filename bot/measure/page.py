"""The report as one page that needs nothing from elsewhere: template, style and script of this folder put together."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.measure.charts import HEIGHT, WIDTH, calibration_chart, curve_chart
from bot.measure.report import ALL, Report
from bot.measure.rows import Row
from bot.measure.wording import Words, share

_FOLDER = Path(__file__).parent
_SHADES = 10


def page_of(report: Report, rows: Sequence[Row], words: Words) -> str:
    """The whole page; a cell of its matrices shows the rows it counts."""
    style, script = (Markup((_FOLDER / name).read_text(encoding="utf-8")) for name in ("page.css", "page.js"))  # noqa: S704
    return (
        _environment()
        .get_template("page.html")
        .render(
            t=words,
            report=report,
            parts=report.distinct_parts,
            all=ALL,
            rows=[[row.text, row.gold, row.predicted, row.confidence, row.understood, row.language] for row in rows],
            style=style,
            script=script,
            policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'",
            width=WIDTH,
            height=HEIGHT,
        )
    )


def shade(count: int, of: int) -> int:
    """How strongly a cell is coloured, one to ten; nothing is not coloured."""
    return math.ceil(count / of * _SHADES) if count else 0


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(share=share)
    environment.globals.update(shade=shade, curve_chart=curve_chart, calibration_chart=calibration_chart)
    return environment


def _digest(content: str) -> str:
    """How the policy of the page names what may run in it; an utterance never can."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
