"""A message is found by the id of its request in the logs of all that had a part in answering it."""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.conversations.visitors import conversation_of
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import call

pytestmark = pytest.mark.conversation

SAID = "刚才付款失败了"
MESSAGES, PAYMENTS, HANDOFFS = "/webhooks/widget/messages", "/v1/support/users/<user_id:str>/payments", "/v1/handoffs"
_WRITTEN_SECONDS = 60


def lines_of(log: Path, request_id: str, route: str) -> list[dict[str, Any]]:
    """The lines of a log that bear the id, once one of this route is there: an answer leaves before its line does."""
    deadline = time.monotonic() + _WRITTEN_SECONDS
    while True:
        # Whole lines only: the last one may be on its way.
        whole, _, _ = log.read_text(encoding="utf-8").rpartition("\n")
        lines = [json.loads(line) for line in whole.splitlines() if request_id in line]
        if route in {line.get("route") for line in lines}:
            return lines
        assert time.monotonic() < deadline, f"no line of {route} in {log}: {lines}"
        time.sleep(0.1)


def say(stack: Stack, token: str, text: str, request_id: str) -> dict[str, str]:
    """Send a message of the widget under an id of its request; the headers of the answer."""
    body = {"id": str(uuid.uuid4()), "text": text}
    url = f"{stack.url('bot')}/webhooks/widget/messages"
    answer = call("POST", url, body, token=token, headers={"X-Request-ID": request_id})
    answer.expect(202)
    return answer.headers


def test_one_message_is_found_by_its_id_in_the_logs_of_bot_wallet_and_desk(stack: Stack, chen: WalletUser) -> None:
    conversation, asked, handed_over = conversation_of(stack, chen), f"turn-{uuid.uuid4()}", f"turn-{uuid.uuid4()}"

    assert say(stack, conversation.token, SAID, asked)["X-Request-ID"] == asked
    say(stack, conversation.token, "人工", handed_over)

    of_bot = lines_of(stack.logs / "bot.log", asked, MESSAGES)
    of_wallet = lines_of(stack.logs / "wallet.log", asked, PAYMENTS)
    assert [line["route"] for line in of_bot] == [MESSAGES]
    assert {line["request_id"] for line in [*of_bot, *of_wallet]} == {asked}
    assert lines_of(stack.logs / "desk.log", handed_over, HANDOFFS)


def test_the_logs_are_json_and_tell_nothing_of_what_was_said(stack: Stack, chen: WalletUser) -> None:
    conversation, asked, handed_over = conversation_of(stack, chen), f"turn-{uuid.uuid4()}", f"turn-{uuid.uuid4()}"
    say(stack, conversation.token, SAID, asked)
    say(stack, conversation.token, "人工", handed_over)
    awaited = {"bot": (handed_over, MESSAGES), "wallet": (asked, PAYMENTS), "desk": (handed_over, HANDOFFS)}
    logs = {}
    for name, (request_id, route) in awaited.items():
        log = stack.logs / f"{name}.log"
        lines_of(log, request_id, route)
        logs[name] = log.read_text(encoding="utf-8")

    for text in logs.values():
        assert all(json.loads(line)["level"] for line in text.rpartition("\n")[0].splitlines())
    secrets = [value for name, value in stack.settings.items() if name.endswith(("_SECRET", "_TOKEN")) and value]
    for private in (SAID, conversation.token, chen.user_id, chen.password, *secrets):
        assert not [name for name, text in logs.items() if private in text]
