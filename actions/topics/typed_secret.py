"""Warns of a password, code, card or ID number that was typed; the channel has cut it out before anything saw it."""

from __future__ import annotations

from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn

# The one that is worst to have told comes first; one warning is enough.
KINDS = ("password", "code", "card", "id_number")


class ActionWarnOfSecret(HotlineAction):
    """Says what was cut out of the message, that nobody needs it, and how to reset it."""

    def name(self) -> str:
        """The validation of slots: of all that Rasa runs before it answers a message, this alone may say something."""
        return "action_validate_slot_mappings"

    async def answer(self, turn: Turn) -> Events:
        """Warn, if there is anything to warn of. No slot is judged, so all are taken as they are."""
        typed = turn.typed_secrets
        kind = next((kind for kind in KINDS if kind in typed), None)
        if kind:
            turn.say(f"utter_secret_{kind}")
        return []
