"""What is looked at: the leads' pages, each filter alone, searches, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from bot.store.cursor import Cursor
from bot.store.database import open_engine, plain_url
from bot.store.tables import conversations
from tests.benchmarks.review.store import Store

PAGE = 50  # conversations on a page of the list
FAR_PAGE = 1000
_FILTERS = (
    "channel=wechat topic=topup_failure cause=channel_down outcome=left handoff=resolved rating_max=2 messages_min=8 "
    "fallbacks_min=2 confidence_below=0.3 intent=ask_refund tag=outage reviewed=yes flagged=yes corrected=yes "
    "verified=no language=en person=yes asked=yes figure=contained figure=solved_by_wallet figure=returned"
).split()
# A frequent word and a rare one of each language; two Chinese characters; a phrase; nothing at all.
_SEARCHES = {
    "search, frequent Chinese": "%E5%85%85%E5%80%BC",
    "search, rare Chinese": "%E4%BA%B2%E6%83%85%E5%8D%A1",
    "search, two characters": "%E6%BC%AB%E6%B8%B8",
    "search, frequent English": "payment",
    "search, rare English": "flatmate",
    "search, phrase": "%22top+up+failed%22",
    "search, not there": "zyzzyva",
}
_EXPORTED = 100_000


@dataclass(frozen=True)
class Look:
    """A page to be timed: what it is called in the table, and its path."""

    name: str
    path: str


def looks(store: Store, today: date) -> list[Look]:
    """Every page that is timed."""
    month = f"from={today - timedelta(days=29)}&until={today}"
    all_time = f"from={today - timedelta(days=364)}&until={today}"
    last = min(FAR_PAGE, store.conversations // PAGE)
    return [
        Look("list, page 1", "/conversations"),
        Look(f"list, page {last:,}", f"/conversations?after={_cursor(store, last)}"),
        Look("list, how many", "/conversations/count"),
        *(Look(f"filter {asked}", f"/conversations?{asked}") for asked in _FILTERS),
        Look("filter of a month", f"/conversations?{month}"),
        *(Look(name, f"/conversations?q={asked}") for name, asked in _SEARCHES.items()),
        Look("search and filter", "/conversations?q=%E5%85%85%E5%80%BC&topic=ask_fees"),
        Look("conversation", f"/conversations/{_newest(store)}"),
        Look("conversation's verdict", f"/conversations/{_newest(store)}/verdict"),
        Look("dashboard, 30 days", f"/dashboard?{month}"),
        Look("dashboard, all time", f"/dashboard?{all_time}"),
        Look("review queue", "/review"),
        Look("not understood", "/unknown"),
        Look("feedback", "/feedback"),
        Look("review set", "/review-set"),
    ]


def export_path(store: Store) -> str:
    """A download of a hundred thousand rows, or of all there are where there are fewer."""
    if store.conversations <= _EXPORTED:
        return "/conversations.csv"
    engine = open_engine(plain_url(store.url), 1)
    newest_first = select(conversations.c.last_at).order_by(conversations.c.last_at.desc())
    with engine.connect() as connection:
        last_at = connection.execute(newest_first.offset(_EXPORTED).limit(1)).scalar()
    engine.dispose()
    return f"/conversations.csv?from={date.fromtimestamp(last_at)}"  # noqa: DTZ012 - a day more or less


def _cursor(store: Store, page: int) -> str:
    """Where a page of the list begins."""
    engine = open_engine(plain_url(store.url), 1)
    rows = select(conversations.c.last_at, conversations.c.id)
    newest_first = rows.order_by(conversations.c.last_at.desc(), conversations.c.id.desc())
    with engine.connect() as connection:
        row = connection.execute(newest_first.offset(max(0, (page - 1) * PAGE - 1)).limit(1)).one()
    engine.dispose()
    return str(Cursor(row.last_at, row.id))


def _newest(store: Store) -> str:
    """A conversation of more than a few lines, of late."""
    engine = open_engine(plain_url(store.url), 1)
    long = select(conversations.c.id).where(conversations.c.user_messages >= 8, conversations.c.person_messages > 0)
    with engine.connect() as connection:
        name = connection.execute(long.order_by(conversations.c.last_at.desc()).limit(1)).scalar()
    engine.dispose()
    return str(name)
