"""When something happened: a point or a span of time, without looking at a clock.

The value tells exactly what was said, the same in both languages; whoever knows when the message was sent can reckon
the rest:

- a date ``2026-11-03``, a month ``2026-11``, a year ``2026``; without its year ``--11-03`` and ``--11``, a day of any
  month ``---03``;
- a time of day ``15:30``;
- a span ``PT15M``, ``P3D``, ``P1W``, ``P0.5Y``; so long ago ``-P3D``, all as ISO 8601 writes them;
- a name: ``today``, ``yesterday``, ``day_before_yesterday`` … of vocabulary.yml, ``friday`` (the nearest one),
  ``last_friday``, ``this_friday``, ``next_friday`` (of the week before, of this, of the next).

``yesterday at 3 pm`` is two entities, the day and the time of day.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.clock import find_clock_times
from bot.nlu.dates import find_dates
from bot.nlu.found import Found
from bot.nlu.spans import find_spans


def find_times(text: str) -> Iterator[Found]:
    """Points and spans of time in a folded text, the surer first; names such as ``today`` are among the vocabulary."""
    yield from find_dates(text)
    yield from find_spans(text)
    yield from find_clock_times(text)
