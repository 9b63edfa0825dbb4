"""Where a page of conversations ended."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Cursor:
    """The last conversation of a page, by which the list is ordered; the next page begins behind it."""

    last_at: float
    conversation_id: str

    def __str__(self) -> str:
        """Text that may stand in an address."""
        content = json.dumps([self.last_at, self.conversation_id], ensure_ascii=False)
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The cursor that was written as this text. Raises ValueError for one that was not."""
        try:
            content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            last_at, conversation_id = json.loads(content)
            cursor = cls(float(last_at), str(conversation_id))
            # A database compares with neither; whoever made this text up may have put in either.
            can_be_compared = math.isfinite(cursor.last_at) and "\0" not in cursor.conversation_id
            if can_be_compared and str(cursor) == text:
                return cursor
        except (ValueError, TypeError, OverflowError, RecursionError):
            pass
        raise ValueError("this is no cursor")
