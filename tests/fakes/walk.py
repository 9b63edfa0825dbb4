"""Leads a walkthrough turn by turn, its state through JSON each time as the tracker store keeps it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from actions.dialogue.answers import Answers
from actions.dialogue.outcome import Outcome
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.walkthrough import Walkthrough
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.fakes.wallet import FakeWallet


class Walk:
    """A user who answers what he is asked; a minute passes between two answers."""

    def __init__(self, troubleshooting: Troubleshooting, wallet: FakeWallet, conversation: Conversation) -> None:
        self._troubleshooting = troubleshooting
        self._wallet = wallet
        self._conversation = conversation
        self._kept: str = ""
        self.now: datetime = NOW
        self.outcome: Outcome | None = None

    @property
    def walkthrough(self) -> Walkthrough:
        """Where it stands, as read from its slot."""
        walkthrough = Walkthrough.from_slot(json.loads(self._kept))
        assert walkthrough is not None
        return walkthrough

    def _keep(self, walkthrough: Walkthrough) -> None:
        self._kept = json.dumps(walkthrough.to_slot())

    async def start(self, **entities: str) -> list[str]:
        """Report the failure; the responses that were uttered."""
        self._conversation.user_says(**entities)
        self._keep(await self._troubleshooting.start(self._conversation.turn(self.now), self._wallet))
        return self._conversation.said

    async def answer(self, *results: str) -> list[str]:
        """Give one answer after the other (yes, no, done, failed); the responses to the last."""
        for result in results:
            self._conversation.forget_answers()
            self.now += timedelta(minutes=1)
            turn = self._conversation.turn(self.now)
            walkthrough, self.outcome = await Answers(self._troubleshooting, turn, self._wallet).take(
                self.walkthrough, result
            )
            self._keep(walkthrough)
        return self._conversation.said

    def asked(self) -> str:
        """The response that asks about the step that is due."""
        self._conversation.forget_answers()
        self._troubleshooting.ask(self._conversation.turn(self.now), self.walkthrough)
        return self._conversation.said[-1] if self._conversation.said else ""

    def repeat(self) -> None:
        """Ask to hear it again."""
        self._troubleshooting.explain(self._conversation.turn(self.now), self.walkthrough)

    @property
    def tried(self) -> list[tuple[str, str]]:
        """Steps and how they ended."""
        return [(tried.step, tried.outcome) for tried in self.walkthrough.tried]
