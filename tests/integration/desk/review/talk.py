"""Conversations as the bot records them, put together line by line and kept as the tracker store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.record import append
from bot.store.summary import FALLBACK, EventData
from bot.store.tables import events

Ranking = Sequence[tuple[str, float]]


class Talk:
    """One conversation, from a time in seconds since 1970 on; each event a second after the one before."""

    def __init__(self, at: float, channel: str = "widget", user_id: str | None = None) -> None:
        self.at = at
        self.events: list[EventData] = []
        self._channel = channel
        self._metadata = {"identity": {"user_id": user_id}} if user_id else {}

    def wait(self, seconds: float) -> Talk:
        """Nothing happens for a while."""
        self.at += seconds
        return self

    def user(
        self, text: str, intent: str, confidence: float = 0.9, others: Ranking = (), language: str = "en", **found: str
    ) -> Talk:
        """The user writes, and is taken for this; for the fallback the others are what it might have been."""
        ranking = [(intent, confidence), *others]
        parsed = {
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
            "entities": [{"entity": name, "value": value} for name, value in found.items()],
            "language": language,
        }
        event = {"event": "user", "text": text, "parse_data": parsed, "input_channel": self._channel}
        return self._add({**event, "metadata": self._metadata}).slot("language", language)

    def not_understood(self, text: str, *guesses: tuple[str, float], language: str = "en") -> Talk:
        """The user writes what the bot does not understand."""
        return self.user(text, FALLBACK, 0.3, guesses, language)

    def press(self, title: str, intent: str) -> Talk:
        """The user presses a button."""
        parsed = {"intent": {"name": intent, "confidence": 1.0}, "entities": []}
        event = {"event": "user", "text": title, "parse_data": parsed, "input_channel": self._channel}
        return self._add({**event, "metadata": self._metadata})

    def bot(self, text: str, *buttons: str, **metadata: Any) -> Talk:
        """The bot says something."""
        rows = [{"title": title, "payload": "/affirm"} for title in buttons]
        return self._add({"event": "bot", "text": text, "data": {"buttons": rows or None}, "metadata": metadata})

    def person(self, text: str, agent: str = "Li Lei") -> Talk:
        """A person writes."""
        return self._add({"event": "bot", "text": text, "metadata": {"author": "agent", "agent": agent}})

    def slot(self, name: str, value: Any) -> Talk:
        """A slot is set."""
        return self._add({"event": "slot", "name": name, "value": value})

    def action(self, name: str) -> Talk:
        """The bot acts."""
        return self._add({"event": "action", "name": name})

    def _add(self, event: EventData) -> Talk:
        self.at += 1
        self.events.append({**event, "timestamp": self.at})
        return self


class Record:
    """The conversation store of the bot beside a desk."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.database.migrate(migrate)

    async def keep(self, conversation_id: str, talk: Talk) -> list[int]:
        """Keep a conversation; the seqs of its messages."""
        await self.database.write(lambda connection: append(connection, conversation_id, talk.events))
        query = select(events.c.id).where(events.c.conversation_id == conversation_id)
        said = query.where(events.c.type.in_(("user", "bot"))).order_by(events.c.id)
        return await self.database.read(lambda connection: list(connection.execute(said).scalars()))

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def payment_talk(at: float, user_id: str | None = None, language: str = "en") -> Talk:
    """A payment over the daily limit: walked through, one step failed, broken off."""
    amount = {"money": {"minor": 50000, "currency": "CNY"}}
    finding = {
        "cause": "over_daily_limit",
        "subject": "pay_6043ad4ab4aefd35",
        "values": {"amount": amount, "resets_at": {"time": "2026-03-02T00:00:00Z"}},
    }
    walked: dict[str, Any] = {
        "topic": "payment_failure",
        "source": "account",
        "findings": [finding],
        "focus": 0,
        "steps": ["raise_daily_limit", "pay_after_reset"],
        "position": 0,
        "tried": [],
    }
    failed = {
        **walked,
        "position": 1,
        "tried": [{"step": "raise_daily_limit", "outcome": "failed", "at": "2026-03-01T08:00:00Z"}],
    }
    talk = Talk(at, user_id=user_id)
    others = (("transfer_failure", 0.06), ("topup_failure", 0.02))
    talk.user("my payment of 500 failed", "payment_failure", 0.88, others, language, amount="500")
    talk.action("action_start_payment").bot("The cause is your daily limit.").slot("walkthrough", walked)
    talk.bot("You can raise the limit. Does it work now?", "It works", "Still not", "A person")
    talk.user("still not", "step_failed", 0.91, language=language).slot("walkthrough", failed)
    talk.bot("The limit resets tomorrow. Does it work now?", "It works", "Still not", "A person")
    talk.user("never mind", "cancel", 0.9, language=language).action("action_cancel").bot("All right.")
    ended = {"topic": "payment_failure", "outcome": "cancelled", "walkthrough": failed}
    return talk.slot("walkthrough", None).slot("episode", ended)
