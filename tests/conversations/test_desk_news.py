"""The news of all conversations: what is stored anywhere, to each desk that listens."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.stack.switchboard import Connection, Switchboard
from tests.stack.widget import WidgetConversation

pytestmark = pytest.mark.conversation


def test_the_desk_hears_of_every_message_in_whose_conversation(switchboard: Switchboard) -> None:
    first, second = (WidgetConversation(switchboard.url) for _ in range(2))
    with switchboard.api.news() as news:
        first.send("你好")
        second.send("你好")
        assert list(islice(news, 2)) == [
            {"conversation_id": first.id, "news": "stored"},
            {"conversation_id": second.id, "news": "stored"},
        ]


def test_what_is_told_can_be_read_at_once(waiting: Connection) -> None:
    waiting.go("claim")
    with waiting.api.news() as news:
        seq = waiting.guest.send("在吗")
        next(news)
        assert waiting.guest.messages()[-1]["seq"] == seq


def test_every_desk_that_listens_hears_it(waiting: Connection) -> None:
    with waiting.api.news() as first, waiting.api.news() as second:
        waiting.go("claim")
        told = {"conversation_id": waiting.guest.id, "news": "stored"}
        assert [next(first), next(second)] == [told, told]


def test_dots_of_the_bot_and_of_people_are_no_news(waiting: Connection) -> None:
    with waiting.api.news() as news:
        waiting.api.typing(waiting.guest.id, True)
        waiting.guest.send("你好")
        waiting.guest.send("谢谢")
        assert [item["news"] for item in islice(news, 2)] == ["stored", "stored"]


def test_the_news_go_on_after_somebody_has_left(waiting: Connection) -> None:
    with waiting.api.news():
        pass
    with waiting.api.news() as news:
        waiting.guest.send("你好")
        assert next(news)["conversation_id"] == waiting.guest.id
