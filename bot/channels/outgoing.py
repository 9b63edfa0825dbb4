"""A stored message as a channel shows it: what was said, by whom, with buttons that only this server can make."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from bot.channels.buttons import RATING, Choice, make_button_token
from bot.channels.identity import Session
from bot.store.messages import USER, StoredMessage


def show_message(message: StoredMessage, session: Session, secret: str) -> dict[str, Any]:
    """``{seq, id, author, text, sent_at, buttons, asks}``; ``asks`` is "rating" where the buttons are its stars."""
    choices = [Choice.of_payload(button["title"], button["payload"], message.seq) for button in message.buttons]
    return {
        "seq": message.seq,
        "id": message.message_id if message.author == USER else None,
        "author": message.author,
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
        "asks": "rating" if choices and all(choice.intent == RATING for choice in choices) else None,
    }
