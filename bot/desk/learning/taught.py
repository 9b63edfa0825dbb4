"""The training data as the desk sees them: read beside the event loop, and done without where they cannot be read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sanic import Request

from bot.desk.learning.comparison import Remark, remarks_on
from bot.desk.learning.corrections import Correction
from bot.utterances.errors import UnreadableUtterances
from bot.utterances.known import Known
from bot.utterances.training_data import TrainingData

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Taught:
    """What the bot is taught; `is_readable` is false where nothing can be compared with."""

    known: Known
    is_readable: bool

    async def remarks_on(self, words: str, intent: str, in_set: Sequence[Correction]) -> list[Remark]:
        """What is known of words that shall have this intent."""
        return await asyncio.to_thread(remarks_on, words, intent, self.known, in_set)


async def taught_of(request: Request) -> Taught:
    """What the bot is taught now."""
    data: TrainingData = request.app.ctx.training_data
    try:
        known = await asyncio.to_thread(data.known)
    except UnreadableUtterances as error:
        logger.warning("the training data cannot be read: %s", error)
        return Taught(Known(()), is_readable=False)
    return Taught(known, is_readable=bool(known))
