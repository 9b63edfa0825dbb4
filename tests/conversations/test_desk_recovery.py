"""A hand-off outlives the bot: killed in every state, and left alone until the session has expired."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conversations.wording import names_of, says
from tests.stack.switchboard import Connection, Switchboard, switchboard
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

HELLO = {"zh": "你好", "en": "hello"}
SERVED = ("claimed", "active", "on_hold")
# How each state is come to.
WAYS: dict[str, tuple[str, ...]] = {
    "queued": (),
    "claimed": ("claim",),
    "active": ("claim", "answer"),
    "on_hold": ("claim", "hold"),
    "returned": ("claim", "return"),
    "resolved": ("claim", "answer", "resolve"),
    "cancelled": ("cancel",),
    "case": ("defer",),
}
DAYS = 3 * 86_400  # seconds; a session expires after one day without a message


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switchboard]:
    """A bot that may be killed."""
    with switchboard(tmp_path_factory.mktemp("recovery") / "var") as started:
        yield started


def connections(board: Switchboard) -> dict[tuple[str, str], Connection]:
    """A conversation in each state and language."""
    return {
        (state, language): board.connect(language).go(*changes)
        for state, changes in WAYS.items()
        for language in ("zh", "en")
    }


def stored(board: Switchboard, conversation_id: str) -> list[dict[str, Any]]:
    """The events of a conversation."""
    with closing(sqlite3.connect(board.machine.folder / "conversations.sqlite")) as database:
        query = "SELECT data FROM events WHERE conversation_id = ? ORDER BY id"
        return [json.loads(row[0]) for row in database.execute(query, (conversation_id,))]


def let_days_pass(board: Switchboard) -> None:
    """Make all that was said so much older. Only while the bot is down: it keeps the newest conversations in memory."""
    with closing(sqlite3.connect(board.machine.folder / "conversations.sqlite")) as database, database:
        earlier = "json_set(data, '$.timestamp', json_extract(data, '$.timestamp') - ?)"
        database.execute(f"UPDATE events SET at = at - ?, data = {earlier}", (DAYS, DAYS))  # noqa: S608
        database.execute("UPDATE conversations SET first_at = first_at - ?, last_at = last_at - ?", (DAYS, DAYS))


def assert_goes_on(connection: Connection, state: str) -> None:
    """The bot is silent where a person serves, greets elsewhere, and a person's line or return is taken as before."""
    language, guest = connection.language, connection.guest
    assert guest.standing()["handoff"] == state
    told = [message["text"] for message in guest.say(HELLO[language])]
    if state not in SERVED:
        assert says(told, "utter_greet", language), (state, names_of("".join(told)))
        assert guest.standing()["handoff"] == state
        return
    assert told == [], state
    connection.go("answer")
    assert guest.standing()["handoff"] == "active"
    assert guest.say(HELLO[language]) == []
    connection.go("return")
    assert says([message["text"] for message in guest.say(HELLO[language])], "utter_greet", language)


@dataclass(frozen=True)
class Before:
    """What there was before the bot went down."""

    connections: dict[tuple[str, str], Connection]
    said: dict[tuple[str, str], list[dict[str, Any]]]
    letter: str
    kept: Connection


def restarted(board: Switchboard, has_aged: bool) -> Before:
    """Conversations in every state, and a request the desk does not have, after the bot was killed."""
    board.desk.is_away = True
    guest = WidgetConversation(board.url, language="zh")
    guest.send("人工")
    kept = Connection(board.api, guest, str(guest.standing()["number"]), "zh")
    board.desk.is_away = False
    every, letter = connections(board), new_id()
    for key in every:
        if key[0] == "active":
            every[key].write("在的", letter).expect(200)
    said = {key: connection.guest.messages() for key, connection in every.items()}
    board.machine.kill("bot")
    if has_aged:
        let_days_pass(board)
    board.machine.start("bot")
    return Before(every, said, letter, kept)


@pytest.fixture(scope="module")
def killed(board: Switchboard) -> Before:
    return restarted(board, has_aged=False)


@pytest.fixture(scope="module")
def days_later(board: Switchboard) -> Before:
    return restarted(board, has_aged=True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", WAYS)
def test_a_killed_bot_goes_on_where_it_was(killed: Before, state: str, language: str) -> None:
    connection, said = killed.connections[state, language], killed.said[state, language]
    assert connection.guest.messages() == said
    if state == "active":
        assert connection.write("在的", killed.letter).expect(200)["seq"] == said[-1]["seq"]
        assert connection.guest.messages() == said
    assert_goes_on(connection, state)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", WAYS)
def test_a_session_that_expires_leaves_the_hand_off_as_it_is(
    board: Switchboard, days_later: Before, state: str, language: str
) -> None:
    connection = days_later.connections[state, language]
    assert_goes_on(connection, state)
    sessions = [event for event in stored(board, connection.guest.id) if event["event"] == "session_started"]
    assert len(sessions) == 2


@pytest.mark.parametrize("when", ["killed", "days_later"])
def test_a_request_that_was_kept_outlives_the_bot(when: str, request: pytest.FixtureRequest) -> None:
    kept = request.getfixturevalue(when).kept
    assert kept.state == "requested"
    kept.go("queue", "claim")
    assert kept.guest.say(HELLO["zh"]) == []
    assert kept.state == "claimed"
