"""Two bots on one PostgreSQL serve one conversation: in turn, and with messages that come to both at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.channels.identity import make_user_token
from bot.settings import SECRETS
from bot.store.database import Database
from tests.conversations.player import fresh_user
from tests.integration.store.turns import assert_the_summary_is_right, rows
from tests.stack.postgres import Postgres
from tests.stack.processes import Stack
from tests.stack.terminal import TerminalConversation
from tests.stack.web import call
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

PAYMENT_FAILED = {
    "zh": ["付款失败了", "是这笔", "充1000要手续费吗", "还是不行", "人工", "谢谢"],
    "en": ["my payment failed", "yes", "what is the fee to top up 1000?", "still failing", "human", "thanks"],
}
FEE = {"zh": "用信用卡充值{amount}元手续费是多少", "en": "what is the fee for a top-up of {amount} by credit card"}
AMOUNTS = range(1001, 1013)
TWO_AT_ONCE = "written to by two workers"  # what the store logs when the locks have failed


@dataclass(frozen=True)
class Workers:
    """Two bots and the database they share."""

    urls: tuple[str, str]
    database: Database

    def say(self, place: int, conversation: TerminalConversation, text: str) -> list[str]:
        """What the bot at a place, counted round and round, answers to a message."""
        url = f"{self.urls[place % len(self.urls)]}/webhooks/terminal/messages"
        answer = call("POST", url, {"text": text}, token=conversation.token).expect(200)
        return [message["text"] for message in answer["messages"]]


@pytest.fixture(scope="module")
def workers(stack: Stack, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Two bots beside the wallet and the desk of the stack."""
    with postgres.new_database() as url:
        first, second = (_machine(stack, tmp_path_factory.mktemp(name), name, url) for name in ("worker-1", "worker-2"))
        try:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda machine: machine.start(*machine.services), (first, second)))
            database = Database(url)
            yield Workers((first.url("worker-1"), second.url("worker-2")), database)
            database.close()
        finally:
            first.stop_all()
            second.stop_all()


def _machine(stack: Stack, folder: Path, name: str, database_url: str) -> Stack:
    """A machine on which only a bot runs."""
    machine = Stack(folder)
    shared = [*SECRETS, "HOTLINE_WALLET_URL", "HOTLINE_WALLET_PUBLIC_URL", "HOTLINE_DESK_URL"]
    machine.settings |= {setting: stack.settings[setting] for setting in shared}
    machine.settings["HOTLINE_DATABASE_URL"] = database_url
    machine.services = {name: replace(machine.services["bot"], name=name)}
    machine.logs = stack.logs
    return machine


def _open(stack: Stack, workers: Workers, scenario: str) -> TerminalConversation:
    user = fresh_user(stack, scenario)
    token = make_user_token(user.user_id, stack.settings["HOTLINE_USER_TOKEN_SECRET"])
    return TerminalConversation(workers.urls[0], token)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_walkthrough_goes_on_whichever_worker_a_message_comes_to(
    stack: Stack, workers: Workers, language: str
) -> None:
    conversation = _open(stack, workers, "chen")
    texts = PAYMENT_FAILED[language]
    told = {text: workers.say(place, conversation, text) for place, text in enumerate(texts)}
    turns = await _turns(workers.database, conversation.id)
    assert [_said(turn)[0] for turn in turns] == texts
    await _assert_nothing_is_lost_or_doubled(stack, workers, conversation.id, told)
    episodes = [event["value"] for turn in turns for event in turn if event.get("name") == "episode"]
    assert [episode["outcome"] for episode in episodes] == ["handed_over"]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_messages_that_come_to_both_at_once_are_answered_one_after_another(
    stack: Stack, workers: Workers, language: str
) -> None:
    conversation = _open(stack, workers, "wu")
    texts = [FEE[language].format(amount=amount) for amount in AMOUNTS]
    with ThreadPoolExecutor(len(texts)) as pool:
        answers = pool.map(lambda place: workers.say(place, conversation, texts[place]), range(len(texts)))
        told = dict(zip(texts, answers, strict=True))
    for amount, text in zip(AMOUNTS, texts, strict=True):
        assert f"{amount:,}" in "".join(told[text])
    await _assert_nothing_is_lost_or_doubled(stack, workers, conversation.id, told)


def test_a_stream_at_one_worker_brings_what_the_other_has_answered(workers: Workers) -> None:
    first, second = (WidgetConversation(url) for url in workers.urls)
    with first.stream() as events:
        next(events)
        second.token = first.token
        seq = second.send("付款失败")
        seen = [event.seq for event in islice(events, 2)]
    assert seen == [message["seq"] for message in first.messages()][:2]
    assert seen[0] == seq


def test_a_message_sent_again_to_the_other_worker_is_taken_once(workers: Workers) -> None:
    first, second = (WidgetConversation(url) for url in workers.urls)
    second.token, message_id = first.token, new_id()
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit((first, second)[place % 2].send, "付款失败", message_id) for place in range(8)]
        assert len({each.result() for each in sent}) == 1
    assert [message["author"] for message in second.messages()].count("user") == 1


async def _assert_nothing_is_lost_or_doubled(
    stack: Stack, workers: Workers, conversation_id: str, told: dict[str, list[str]]
) -> None:
    """Each message is stored once with the answers its sender got, all of a turn before the next one began."""
    stored = await rows(workers.database, conversation_id)
    ids = [event_id for event_id, _ in stored]
    assert ids == sorted(set(ids))
    assert [event["event"] for _, event in stored].count("session_started") == 1
    turns = await _turns(workers.database, conversation_id)
    assert len(turns) == len(told)
    for turn in turns:
        text, *answers = _said(turn)
        assert answers == told[text]
        assert turn[-1].get("name") == "action_listen"
    for turn, following in pairwise(turns):
        assert max(event["timestamp"] for event in turn) <= min(event["timestamp"] for event in following)
    await assert_the_summary_is_right(workers.database, conversation_id)
    logs = [log.read_text(encoding="utf-8") for log in stack.logs.glob("worker-*.log")]
    assert len(logs) == len(workers.urls)
    assert not [log for log in logs if TWO_AT_ONCE in log]


async def _turns(database: Database, conversation_id: str) -> list[list[dict[str, Any]]]:
    """The events of each message of the user, up to those of the next one."""
    turns: list[list[dict[str, Any]]] = []
    for _, event in await rows(database, conversation_id):
        if event["event"] == "user":
            turns.append([])
        if turns:
            turns[-1].append(event)
    return turns


def _said(turn: list[dict[str, Any]]) -> list[str]:
    """The message and what the bot said to it."""
    return [event["text"] for event in turn if event["event"] in ("user", "bot")]
