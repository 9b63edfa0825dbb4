"""A stored message as a channel shows it: what was said, by whom, with buttons that only this server can make."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from bot.channels.buttons import RATING, Choice, make_button_token
from bot.channels.identity import Session
from bot.store.messages import BOT, OF_PERSON, USER, StoredMessage


def show_message(message: StoredMessage, session: Session, secret: str) -> dict[str, Any]:
    """``{seq, id, author, agent, text, sent_at, buttons, asks, rates, stars}``.

    ``agent`` is the name of a person. ``asks`` is "rating" where the buttons are its stars; ``rates`` then says whose,
    the "bot" or the "person", as it does with the ``stars`` that a user gave.
    """
    choices = [Choice.of_payload(button["title"], button["payload"], message.seq) for button in message.buttons]
    asks_rating = bool(choices) and all(choice.intent == RATING for choice in choices)
    return {
        "seq": message.seq,
        "id": message.message_id if message.author == USER else None,
        "author": message.author,
        "agent": message.agent if message.author == OF_PERSON else None,
        "text": message.text or "",
        "sent_at": datetime.fromtimestamp(message.sent_at, timezone.utc).isoformat(timespec="milliseconds"),
        "buttons": [
            {
                "title": choice.title,
                "token": make_button_token(choice, session.conversation_id, secret),
                "answers": choice.question is not None,
            }
            for choice in choices
        ],
        "asks": "rating" if asks_rating else None,
        "rates": choices[0].entities.get("rates", BOT) if asks_rating else message.rates,
        "stars": message.stars,
    }
