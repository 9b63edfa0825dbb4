"""``python -m tests.benchmarks.review``: fill databases, look at every page of the leads, print how long each took."""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from types import FrameType

from tests.benchmarks.review.desk import Lead, lead_at_desk
from tests.benchmarks.review.pages import export_path, looks
from tests.benchmarks.review.report import Export, Measured, table, write
from tests.benchmarks.review.store import Store, postgresql_store, sqlite_store
from tests.benchmarks.review.timing import timed
from tests.stack.postgres import NoPostgres

_FOLDER, _REPORT = Path("var/bench/review"), Path("var/bench-review.json")
_ON_SQLITE, _ON_POSTGRESQL = 200_000, 1_000_000
_SMALL = 20


def main(words: list[str]) -> int:
    """Measure; the exit code is 0 whatever the figures are."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.review", description="The leads' pages over many conversations."
    )
    parser.add_argument("--quick", action="store_true", help=f"one {_SMALL}th of the conversations")
    parser.add_argument("--sqlite", type=int, default=_ON_SQLITE, help="conversations on SQLite, 0 for none")
    parser.add_argument("--postgresql", type=int, default=_ON_POSTGRESQL, help="the same on PostgreSQL")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where the databases stay (default %(default)s)")
    arguments = parser.parse_args(words)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    share = _SMALL if arguments.quick else 1
    try:
        run(arguments.folder.resolve(), arguments.sqlite // share, arguments.postgresql // share)
    except KeyboardInterrupt:
        return 130
    return 0


def run(folder: Path, on_sqlite: int, on_postgresql: int) -> None:
    """Fill, measure and report one database after the other."""
    measured = []
    for opened, count in ((sqlite_store, on_sqlite), (postgresql_store, on_postgresql)):
        if not count:
            continue
        with ExitStack() as stack:
            try:
                store = stack.enter_context(opened(folder, count))
            except NoPostgres as error:
                _say(f"without PostgreSQL: {error}")
                continue
            lead = stack.enter_context(lead_at_desk(folder / "desk", store.url))
            measured.append(measure(lead, store))
            _say(table(measured[-1]))
    write(_REPORT, measured)
    _say(f"everything is in {_REPORT}; the databases stay in {folder}")


def measure(lead: Lead, store: Store) -> Measured:
    """All pages of one database, then a download."""
    today = datetime.now(timezone.utc).date()
    pages = []
    for look in looks(store, today):
        pages.append(timed(lead, look))
        _say(f"  {look.name}: {pages[-1].median * 1000:,.0f} ms")
    return Measured(store, pages, _export(lead, store))


def _export(lead: Lead, store: Store) -> Export:
    before = lead.memory()
    with lead.highest_memory() as highest:
        answer = lead.look(export_path(store))
    rows = answer.body.count("\n") - 1
    return Export(rows, answer.seconds, before, highest[0])


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
