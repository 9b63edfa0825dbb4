"""The standard action server, one setting away: the bot says with it what it says without."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator

import pytest

from bot.channels.identity import make_user_token
from bot.launch.processes import Running, Service
from tests.stack.ports import free_ports
from tests.stack.processes import Stack
from tests.stack.terminal import BotAnswer, TerminalConversation
from tests.stack.web import call

pytestmark = pytest.mark.conversation

_READY_SECONDS = 120
SCRIPTS = {
    "guest": ["你好", "付款失败了", "还是不行", "手续费多少", "算了"],
    "chen": ["刚才付款失败了", "是的", "我的限额是多少", "还是不行", "算了"],
    "zhao": ["my top-up did not arrive", "yes", "is my account safe", "never mind", "goodbye"],
}


@pytest.fixture(scope="module")
def bot_with_action_server(stack: Stack) -> Iterator[str]:
    """The address of a second bot, whose actions run in a process of their own."""
    actions_port, bot_port = free_ports(2)
    host = "127.0.0.1"
    python = [sys.executable, "-W", "ignore", "-m"]
    actions = Service(
        "actions", [*python, "rasa_sdk", "--actions", "actions", "-p", str(actions_port)], host, actions_port
    )
    bot = Service("bot with action server", [*python, "bot", "serve"], host, bot_port)
    environment = {
        **stack.environment,
        "HOTLINE_BOT_PORT": str(bot_port),
        "HOTLINE_ACTION_SERVER_URL": f"{actions.url}/webhook",
        "HOTLINE_DATABASE_URL": f"sqlite:///{stack.folder}/beside.sqlite",
        "HOTLINE_OUTBOX_FOLDER": str(stack.folder / "outbox-beside"),
    }
    running = [Running(service, environment, stack.logs) for service in (actions, bot)]
    try:
        for process in running:
            process.wait_until_ready(_READY_SECONDS)
        yield bot.url
    finally:
        for process in running:
            process.ask_to_end()
        for process in running:
            process.end()


@pytest.mark.parametrize("user", SCRIPTS)
def test_it_says_the_same(stack: Stack, bot_with_action_server: str, user: str) -> None:
    token = None if user == "guest" else make_user_token(user, stack.settings["HOTLINE_USER_TOKEN_SECRET"])
    answers: list[list[BotAnswer]] = []
    for url in (stack.url("bot"), bot_with_action_server):
        conversation = TerminalConversation(url, token)
        answers.append([conversation.say(text) for text in SCRIPTS[user]])
    inside, outside = ([(answer.texts, [b.title for b in answer.buttons]) for answer in said] for said in answers)
    assert inside == outside
    assert all(texts for texts, _ in inside)


def test_its_calls_bear_the_id_of_the_message_too(stack: Stack, bot_with_action_server: str) -> None:
    token, request_id = make_user_token("chen", stack.settings["HOTLINE_USER_TOKEN_SECRET"]), f"turn-{uuid.uuid4()}"
    url = f"{bot_with_action_server}/webhooks/terminal"
    opened = call("POST", f"{url}/sessions", {"user_token": token}).expect(201)
    headers = {"X-Request-ID": request_id}
    call("POST", f"{url}/messages", {"text": "我的限额是多少"}, opened["session_token"], headers).expect(200)

    log = (stack.logs / "wallet.log").read_text(encoding="utf-8")
    assert [line for line in log.splitlines() if request_id in line]
