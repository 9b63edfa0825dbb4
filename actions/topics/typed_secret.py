"""Warns of a password, code, card or ID number that was typed; the channel has cut it out before anything saw it."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn

# The one that is worst to have told comes first; one warning is enough.
KINDS = ("password", "code", "card", "id_number")


class ActionWarnOfSecret(HotlineAction):
    """Says what was cut out of the message, that nobody needs it, and how to reset it. Runs before the answer."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_warn_of_secret"

    async def answer(self, turn: Turn) -> Events:
        """Warn, if there is anything to warn of."""
        typed = turn.typed_secrets
        kind = next((kind for kind in KINDS if kind in typed), None)
        if kind is None:
            return []
        turn.say(f"utter_secret_{kind}")
        return [SlotSet(slots.TYPED_SECRET, kind)]
