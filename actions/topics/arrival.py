"""What is done about every message before it is answered: a warning of a secret, and a look whether a link was used."""

from __future__ import annotations

from contextlib import suppress

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.linking import look_whether_confirmed
from actions.dialogue.turn import Turn
from actions.gateway.errors import GatewayError
from actions.gateway.gateway import current_gateway
from actions.topics.typed_secret import warn_of_secret


class ActionReceiveMessage(HotlineAction):
    """Warns of what was cut out of the message, and gets to know a writer who has confirmed his link meanwhile."""

    def name(self) -> str:
        """The validation of slots: of all that Rasa runs before it answers a message, this alone may say something."""
        return "action_validate_slot_mappings"

    async def answer(self, turn: Turn) -> Events:
        """Warn and look, if there is anything to. No slot is judged, so all are taken as they are."""
        warn_of_secret(turn)
        if turn.tracker.get_slot(slots.CHANNEL_LINK) and not turn.tracker.is_paused():
            with suppress(GatewayError):  # whoever waits for it is told so, and asks again
                await look_whether_confirmed(turn, current_gateway().wallet)
        return []
