"""Plays a dialogue against the running product."""

from __future__ import annotations

import re
import time
from typing import Any

from bot.channels.identity import make_user_token
from tests.conversations.dialogue import Dialogue, Turn
from tests.conversations.figures import Figures
from tests.conversations.wording import link_number, names_of, says
from tests.stack.desk_api import Desk
from tests.stack.processes import Stack
from tests.stack.terminal import BotAnswer, TerminalConversation
from tests.stack.wallet_app import WalletUser

_CASE_NUMBER = re.compile(r"WH-[0-9A-Z]{4}-[0-9A-Z]{4}")
_TOLD_SECONDS, _POLL_SECONDS = 20, 0.1
_HUMAN = {"zh": "人工", "en": "human"}


class Player:
    """One conversation while it is played."""

    def __init__(self, stack: Stack, dialogue: Dialogue, user: WalletUser | None) -> None:
        self.stack = stack
        self.language = dialogue.language
        self.user = user
        self.writer = dialogue.writer
        self.conversation = open_conversation(stack, self.user, dialogue.writer)
        self.desk = Desk(stack.url("desk"), stack.settings["HOTLINE_DESK_TOKEN"])
        self.case_number: str | None = None
        self.heard: list[str] = []
        extra = {"case": self._case, "foreign_case": self._foreign_case}
        self.figures = Figures(self.user, dialogue.language, stack.settings["HOTLINE_TIME_ZONE"], extra)

    def play(self, turn: Turn) -> None:
        """Do what the turn says and judge the answer."""
        if turn.act == "user":
            self._judge(turn, self._hear(turn, self.conversation.say(self.figures.fill(turn.what))))
        elif turn.act == "choose":
            self._judge(turn, self._hear(turn, self.conversation.choose(turn.what)))
        elif turn.act == "wallet":
            self._use_wallet(turn.what)
        elif turn.act == "desk":
            self._work_at_desk(turn.what)
        elif turn.act == "open":
            writer = self.writer if turn.what == "writer" else None
            self.conversation = open_conversation(self.stack, self.user if turn.what == "user" else None, writer)
        elif turn.act == "told":
            self._wait_until_told(turn.what)
        elif turn.act == "stop":
            self.stack.stop(turn.what)
        else:
            self.stack.start(turn.what)

    def _wait_until_told(self, names: list[str]) -> None:
        """Wait for what no message of the user has asked for."""
        deadline = time.monotonic() + _TOLD_SECONDS
        while True:
            texts = self.conversation.said_last()
            if all(says(texts, name, self.language) for name in names):
                self.heard.append(f"bot> {texts}")
                return
            assert time.monotonic() < deadline, f"{names} were not said\n" + "\n".join([*self.heard, *texts])
            time.sleep(_POLL_SECONDS)

    def _hear(self, turn: Turn, answer: BotAnswer) -> BotAnswer:
        self.heard += [f"user> {turn.what}", f"bot> {answer}"]
        found = _CASE_NUMBER.search(answer.text)
        if found and self.case_number is None:
            self.case_number = found[0]
        return answer

    def _judge(self, turn: Turn, answer: BotAnswer) -> None:
        told = "\n".join(self.heard)
        assert answer.texts, f"no answer\n{told}"
        for figure in map(self.figures.fill, turn.bot):
            assert figure in answer.text, f"{figure!r} is missing\n{told}"
        for figure in map(self.figures.fill, turn.not_):
            assert figure not in str(answer), f"{figure!r} must not be said\n{told}"
        said = [names_of(text) for text in answer.texts]
        for name in turn.says:
            assert says(answer.texts, name, self.language), f"{name} is missing; said were {said}\n{told}"
        for name in turn.silent_on:
            assert not says(answer.texts, name, self.language), f"{name} must not be said\n{told}"
        self._judge_buttons(turn, answer, told)
        if turn.case:
            case = self.desk.case(self._case())
            for name, wanted in turn.case.items():
                assert _at(case, name) == wanted, f"{name} of the case is {_at(case, name)!r}, not {wanted!r}\n{told}"

    def _judge_buttons(self, turn: Turn, answer: BotAnswer, told: str) -> None:
        titles = [button.title for button in answer.buttons]
        if isinstance(turn.buttons, int):
            assert len(titles) == turn.buttons, f"{titles}\n{told}"
        elif turn.buttons is not None:
            assert len(titles) == len(turn.buttons), f"{titles}\n{told}"
            assert all(part in title for part, title in zip(turn.buttons, titles, strict=True)), f"{titles}\n{told}"

    def _use_wallet(self, what: str | dict[str, Any]) -> None:
        """A deed of wallet_app.py, ``sign_in`` or ``{pay: {amount, merchant}}``; ``{shows: {path: fields}}`` looks."""
        assert self.user is not None
        ((deed, arguments),) = what.items() if isinstance(what, dict) else ((what, {}),)
        if deed == "shows":
            for path, fields in arguments.items():
                shown = self.user.card() if path == "card" else self.user.of_me(f"/{path}")
                assert {name: shown[name] for name in fields} == fields
        elif deed == "sign_in":
            self.user.sign_in().expect(201)
        elif deed == "confirm_channel_link":
            self.user.confirm_channel_link(link_number(self.heard))
        elif deed == "sign_in_wrongly":
            assert self.user.sign_in(password="not the password").status >= 400
        else:
            deeds = {
                "pay": self.user.pay,
                "top_up": self.user.top_up,
                "send": self.user.send,
                "withdraw": self.user.withdraw,
                "ask_refund": self.user.ask_refund,
                "answer_refund": self.user.answer_refund,
                "set_limits": self.user.set_limits,
                "prove_identity": self.user.prove_identity,
                "update_card": self.user.update_card,
                "settle_unknown": self.user.settle_unknown,
                "use_reset_link": self.user.use_reset_link,
            }
            arguments = dict(arguments)
            status = arguments.pop("status", None)
            done = deeds[deed](**arguments)
            assert status is None or done["status"] == status, f"{deed}: {done}"

    def _work_at_desk(self, what: str | dict[str, str]) -> None:
        """A new state of the case; ``{command: state}`` by the desk's command line."""
        if isinstance(what, dict):
            self.stack.run("bot", "desk", "case", self._case(), "--state", what["command"])
        else:
            self.desk.change(self._case(), {"state": what})

    def _case(self) -> str:
        assert self.case_number is not None, "no case number was given yet\n" + "\n".join(self.heard)
        return self.case_number

    def _foreign_case(self) -> str:
        """The number of a case that somebody else made."""
        found = _CASE_NUMBER.search(open_conversation(self.stack, None).say(_HUMAN[self.language]).text)
        assert found
        return found[0]


def _at(case: dict[str, Any], name: str) -> Any:
    """A field of a case; ``causes`` and ``steps`` are the names among its findings and steps."""
    if name == "causes":
        return [finding["cause"] for finding in case["findings"]]
    if name == "steps":
        return [f"{step['step']}: {step['outcome']}" for step in case["steps"]]
    return case[name]


def fresh_user(stack: Stack, scenario: str) -> WalletUser:
    """A user nobody else talks for."""
    return WalletUser.fresh(stack.url("wallet"), stack.settings["HOTLINE_WALLET_SUPPORT_TOKEN"], scenario)


def open_conversation(stack: Stack, user: WalletUser | None, writer: str | None = None) -> TerminalConversation:
    """A new conversation of a user whom the host app proves, of a guest, or of somebody on a messaging channel."""
    if writer:
        return TerminalConversation(stack.url("bot"), writer=writer)
    token = make_user_token(user.user_id, stack.settings["HOTLINE_USER_TOKEN_SECRET"]) if user else None
    return TerminalConversation(stack.url("bot"), token)
