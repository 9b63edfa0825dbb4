"""What was said is found, and found no more once it is removed."""

from __future__ import annotations

import random
import re

from sqlalchemy import select, text
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.tables import events
from bot.store.tracker_store import ConversationStore
from bot.store.word_index import remove_words, words_of
from bot.store.words import phrase_of
from tests.integration.store.turns import CONVERSATION, take_turns
from tests.unit.bot.store.talk import answered, said, session, written

_FIND = {
    "sqlite": "SELECT rowid FROM message_words WHERE message_words MATCH :phrase",
    "postgresql": "SELECT event_id FROM message_words WHERE words @@ to_tsquery('simple', :phrase)",
}
SAID = [
    "我的支付失败了",
    "支付不了",
    "My payment failed",
    "款项 refund, WH-7K3M-Q9TD, 12.50 yuan",
    "充值失败，支付成功",
]


def found(connection: Connection, asked: str) -> list[str]:
    """What the lines say in which the index finds this, oldest first."""
    dialect = connection.dialect.name
    ids = connection.execute(text(_FIND[dialect]), {"phrase": phrase_of(asked, dialect)}).scalars().all()
    rows = connection.execute(select(events).where(events.c.id.in_(ids)).order_by(events.c.id)).all()
    assert len(rows) == len(ids)
    return [words_of_row(row.data) for row in rows]


def words_of_row(data: str) -> str:
    return re.search(r'"text": "([^"]*)"', data)[1]  # type: ignore[index]


ASKED = {
    "支付": [0, 1, 4],
    "支付失败": [0],
    "失败 支付": [0, 4],
    "付": [0, 1, 4],
    "了": [0, 1],
    "款": [3],
    "付失": [0],
    "PAYMENT": [2],
    "payment fail": [],
    '"payment failed"': [2],
    '"failed payment"': [],
    "wh-7k3m-q9td": [3],
    "12.50": [3],
    "退款": [],
}


async def test_what_is_asked_for_is_found(store: ConversationStore, database: Database) -> None:
    await take_turns(store, *[[said(line), answered("支付失败 payment failed refund")] for line in SAID])
    for asked, places in ASKED.items():
        lines = await database.read(lambda connection, asked=asked: found(connection, asked))
        assert lines == [SAID[place] for place in places], asked


async def test_persons_lines_are_found_and_the_bots_are_not(store: ConversationStore, database: Database) -> None:
    await take_turns(store, session(), [said("hello"), answered("bot word")], [written("person word")])
    assert await database.read(lambda connection: found(connection, "word")) == ["person word"]


async def test_whatever_is_said_breaks_no_turn(store: ConversationStore, database: Database) -> None:
    odd = ["NUL \0 here", "half \ud83d pair here", "x" * 100_000 + " here", "👍", "", None]
    await take_turns(store, *[[said(line), written(line or "")] for line in odd], [said("still here")])
    assert "still here" in await database.read(lambda connection: found(connection, "still here"))
    assert len(await database.read(lambda connection: ids_of(connection, "pair"))) == 2


async def test_each_piece_of_a_text_is_found(store: ConversationStore, database: Database) -> None:
    draw = random.Random(1)  # noqa: S311 - which pieces come does not matter
    signs = "支付失败款abz09é 　，,.-/@:'\"&|!()*<>_%\\1e5"
    lines = ["".join(draw.choices(signs, k=draw.randint(1, 30))) for _ in range(100)]
    await take_turns(store, [said(line) for line in lines])
    runs = re.compile(r"[支付失败款]+|[a-zé0-9]+")

    def pieces(connection: Connection) -> None:
        for number, line in enumerate(lines, start=1):
            for run in runs.findall(line):
                start = draw.randrange(len(run)) if run[0] in "支付失败款" else 0
                assert number in ids_of(connection, run[start:]), (run[start:], line)

    await database.read(pieces)


def ids_of(connection: Connection, asked: str) -> list[int]:
    dialect = connection.dialect.name
    ids: list[int] = connection.execute(text(_FIND[dialect]), {"phrase": phrase_of(asked, dialect)}).scalars().all()
    return ids


async def test_what_is_removed_is_found_no_more_and_nothing_else_is_lost(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, *[[said(line), written(line), answered(line)] for line in SAID])
    await take_turns(store, [said("支付 payment")], conversation_id="terminal-2")

    def remove(connection: Connection) -> None:
        of_conversation = select(events.c.id, events.c.data).where(events.c.conversation_id == CONVERSATION)
        remove_words(connection, connection.execute(of_conversation).all())

    await database.write(remove)
    for asked in ("支付", "payment", "付"):
        assert await database.read(lambda connection, asked=asked: found(connection, asked)) == ["支付 payment"]
    assert await database.read(lambda connection: found(connection, "refund")) == []


def test_what_nobody_said_has_no_words() -> None:
    assert words_of(said("付款").as_dict()) == "付款 款"
    assert words_of(written("hello").as_dict()) == "hello"
    for event in (answered("hello").as_dict(), {"event": "slot", "name": "language", "value": "zh"}):
        assert words_of(event) is None
