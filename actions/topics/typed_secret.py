"""Warns of a password, code, card or ID number that was typed; the channel has cut it out before anything saw it."""

from __future__ import annotations

from actions.dialogue.turn import Turn

# The one that is worst to have told comes first; one warning is enough.
KINDS = ("password", "code", "card", "id_number")


def warn_of_secret(turn: Turn) -> None:
    """Say what was cut out of the message, that nobody needs it, and how to reset it."""
    typed = turn.typed_secrets
    kind = next((kind for kind in KINDS if kind in typed), None)
    if kind:
        turn.say(f"utter_secret_{kind}")
