"""A conversation in pieces of so many messages, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Connection

from bot.store import lines
from bot.store.database import Database
from bot.store.record import append
from bot.store.summary import EventData


@pytest.fixture(autouse=True)
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MESSAGES", 4)
    monkeypatch.setattr(lines, "BEFORE", 2)


@pytest.fixture
async def seqs(database: Database) -> list[int]:
    """The messages of a conversation of ten turns; after each there is an action, and others talk meanwhile."""
    found: list[int] = []

    def turn(connection: Connection, number: int) -> None:
        at = 100.0 + 10 * number
        said: list[EventData] = [
            {"event": "user", "text": f"line {number}", "parse_data": {}, "timestamp": at},
            {"event": "action", "name": "action_listen", "timestamp": at + 1},
        ]
        newest = append(connection, "c-1", said).now
        found.append(newest - 1)
        append(connection, "c-2", said)

    for number in range(10):
        await database.write(lambda connection, number=number: turn(connection, number))  # type: ignore[misc]
    return found


def said_in(piece: lines.Piece) -> list[int]:
    return [event.seq for event in piece.events if event.data["event"] == "user"]


async def test_pieces_from_the_newest_backwards_hold_every_event_once(database: Database, seqs: list[int]) -> None:
    pieces: list[lines.Piece] = []
    while not pieces or pieces[0].earlier is not None:
        before = pieces[0].earlier if pieces else None
        pieces.insert(0, await database.read(lambda connection: lines.newest(connection, "c-1", before)))  # noqa: B023

    assert [len(said_in(piece)) for piece in pieces] == [2, 4, 4]
    assert [seq for piece in pieces for seq in said_in(piece)] == seqs
    assert sum(len(piece.events) for piece in pieces) == 20
    assert pieces[0].before_at is None
    assert pieces[1].before_at == pieces[0].events[-1].at


async def test_a_line_is_shown_with_some_before_it_and_what_follows_can_be_asked_for(
    database: Database, seqs: list[int]
) -> None:
    around = await database.read(lambda connection: lines.around(connection, "c-1", seqs[5]))
    later = around.later
    assert later is not None
    following = await database.read(lambda connection: lines.following(connection, "c-1", later))

    assert said_in(around) == seqs[3:7]
    assert around.earlier is not None
    assert said_in(following) == seqs[7:]
    assert following.later is None


async def test_of_a_piece_with_too_many_events_the_newest_stay(
    database: Database, seqs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST_EVENTS", 3)

    piece = await database.read(lambda connection: lines.newest(connection, "c-1"))

    assert said_in(piece) == seqs[-1:]
    assert piece.earlier == piece.events[0].seq


async def test_a_conversation_that_is_not_there_is_an_empty_piece(database: Database) -> None:
    assert await database.read(lambda connection: lines.newest(connection, "nobody")) == lines.Piece(())
    assert await database.read(lambda connection: lines.around(connection, "nobody", 5)) == lines.Piece(())


def test_the_runners_up_of_a_line_leave_out_what_it_was_taken_for() -> None:
    ranking = [{"name": "nlu_fallback", "confidence": 0.3}, {"name": "ask_fees", "confidence": 0.4}]
    event = {"event": "user", "parse_data": {"intent": ranking[0], "intent_ranking": ranking, "language": "zh"}}

    found = lines.understanding_of(event)

    assert (found.is_fallback, found.confidence, found.language) == (True, 0.4, "zh")
    assert found.others == (lines.Guess("ask_fees", 0.4),)
    assert lines.understanding_of({"event": "user"}) == lines.Understanding(None, 0.0)
