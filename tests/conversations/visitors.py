"""Visitors of the widget's channel: who they are, and what is read out of an answer."""

from __future__ import annotations

from typing import Any

from bot.channels.identity import make_user_token
from tests.stack.processes import Stack
from tests.stack.wallet_app import WalletUser
from tests.stack.web import WebAnswer
from tests.stack.widget import WidgetConversation


def proof_of(stack: Stack, user: WalletUser | str) -> str:
    """The host application's token of a user."""
    user_id = user if isinstance(user, str) else user.user_id
    return make_user_token(user_id, stack.settings["HOTLINE_USER_TOKEN_SECRET"])


def conversation_of(stack: Stack, user: WalletUser, **more: Any) -> WidgetConversation:
    """A new conversation of a proven user."""
    return WidgetConversation(stack.url("bot"), proof_of(stack, user), **more)


def declined_payment(user: WalletUser) -> str:
    """The id of his newest one."""
    payments = user.as_user("GET", "/v1/payments")["items"]
    return str(next(payment["id"] for payment in payments if payment["status"] == "declined"))


def buttons(messages: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The buttons of messages by their titles."""
    return {button["title"]: button for message in messages for button in message["buttons"]}


def is_chinese(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def assert_refused(answer: WebAnswer, status: int, code: str) -> None:
    """The answer is this refusal, and says no more than that."""
    assert (answer.status, answer.body["code"]) == (status, code)
    assert set(answer.body) == {"code", "message"}
