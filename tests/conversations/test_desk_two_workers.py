"""Two bots on one PostgreSQL: what the desk tells the one counts at the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.settings import SECRETS
from tests.conversations.wording import says
from tests.stack.bot_api import BotApi
from tests.stack.postgres import Postgres
from tests.stack.switchboard import Connection, Switchboard, switchboard
from tests.stack.widget import ServerEvent, WidgetConversation, new_id

pytestmark = pytest.mark.conversation

HELLO = {"zh": "你好", "en": "hello"}
Boards = tuple[Switchboard, Switchboard]


@pytest.fixture(scope="module")
def boards(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Boards]:
    """Two bots of one product."""
    with postgres.new_database() as url:
        first_folder, second_folder = (tmp_path_factory.mktemp(name) / "var" for name in ("one", "other"))
        with switchboard(first_folder, HOTLINE_DATABASE_URL=url) as first:
            shared = {name: first.machine.settings[name] for name in (*SECRETS, "HOTLINE_DESK_URL")}
            with switchboard(second_folder, HOTLINE_DATABASE_URL=url, **shared) as second:
                yield first, second


def at(board: Switchboard, guest: WidgetConversation) -> WidgetConversation:
    """The same conversation at another bot."""
    elsewhere = WidgetConversation(board.url)
    elsewhere.id, elsewhere.token, elsewhere.opened = guest.id, guest.token, guest.opened
    return elsewhere


@pytest.fixture(params=["zh", "en"])
def connection(boards: Boards, request: pytest.FixtureRequest) -> Connection:
    """A guest who has asked the first bot for a person; the desk speaks to the first one too."""
    return boards[0].connect(request.param)


def test_a_claim_at_the_one_silences_the_other_and_a_return_wakes_it(boards: Boards, connection: Connection) -> None:
    language, elsewhere = connection.language, at(boards[1], connection.guest)
    assert says([message["text"] for message in elsewhere.say(HELLO[language])], "utter_greet", language)
    connection.go("claim")
    assert elsewhere.say(HELLO[language]) == []
    connection.go("answer", "return")
    assert says([message["text"] for message in elsewhere.say(HELLO[language])], "utter_greet", language)


def test_letters_may_come_to_either(boards: Boards, connection: Connection) -> None:
    elsewhere = replace(connection, api=boards[1].api, guest=at(boards[1], connection.guest))
    connection.go("claim")
    elsewhere.go("answer", "hold")
    connection.go("resume", "answer")
    elsewhere.go("resolve")
    assert (connection.state, elsewhere.state) == ("resolved", "resolved")
    assert [message["author"] for message in connection.guest.messages()].count("person") == 2


def test_a_letter_sent_to_both_at_once_is_taken_once(boards: Boards, connection: Connection) -> None:
    connection.go("claim")
    letter, apis = new_id(), [board.api for board in boards]

    def write(api: BotApi) -> int:
        return int(api.write(connection.guest.id, connection.number, "在的", letter=letter).expect(200)["seq"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(write, apis * 4))) == 1
    assert [message["author"] for message in connection.guest.messages()].count("person") == 1


def test_a_claim_at_the_one_and_messages_at_the_other_are_answered_by_the_bot_before_or_not_at_all(
    boards: Boards,
) -> None:
    for _ in range(12):
        connection = boards[0].connect("zh")
        elsewhere, seen = at(boards[1], connection.guest), connection.guest.messages()[-1]["seq"]
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(elsewhere.send, HELLO["zh"]) for _ in range(3)]
            pool.submit(connection.go, "claim").result()
            assert len({each.result() for each in sent}) == 3
        messages = connection.guest.messages(seen)
        place = next(i for i, message in enumerate(messages) if says([message["text"]], "utter_handoff_claim", "zh"))
        assert [message["author"] for message in messages[:place]] == ["user", "bot"] * (place // 2)
        assert {message["author"] for message in messages[place + 1 :]} <= {"user"}
        assert [message["author"] for message in messages].count("user") == 3


def test_dots_go_from_the_one_to_the_other_both_ways(boards: Boards, connection: Connection) -> None:
    connection.go("claim")
    elsewhere = at(boards[1], connection.guest)
    with elsewhere.stream(after=connection.guest.messages()[-1]["seq"]) as events, boards[0].api.news() as news:
        next(events)
        connection.api.typing(connection.guest.id, True)
        assert next(events) == ServerEvent("typing", {"author": "person", "on": True}, None)
        assert elsewhere.typing(True).status == 204
        told = next(item for item in news if item["conversation_id"] == connection.guest.id)
        assert told["news"] == "user_typing"


def test_the_state_and_the_lines_of_the_one_come_over_a_stream_at_the_other(
    boards: Boards, connection: Connection
) -> None:
    elsewhere = at(boards[1], connection.guest)
    with elsewhere.stream(after=connection.guest.messages()[-1]["seq"]) as events:
        assert next(events).data["handoff"] == "queued"
        connection.go("claim")
        told = [next(events), next(events)]
    assert [event.kind for event in told] == ["message", "state"]
    assert (told[1].data["handoff"], told[1].data["agent"]) == ("claimed", "李雷")
