"""give_feedback: thanks, and files the user's words for the product team."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn
from actions.topics.troubleshooting import walkthrough_of
from wallet.contract.encoding import to_json

_LONGEST_WORDS = 1000


class ActionFileFeedback(HotlineAction):
    """Keeps topic and words in the conversation's record, where the product team reads them."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_file_feedback"

    async def answer(self, turn: Turn) -> Events:
        """Thank and remember."""
        walkthrough = walkthrough_of(turn)
        episode = turn.tracker.get_slot(slots.EPISODE) or {}
        entry = {
            "topic": walkthrough.topic if walkthrough else episode.get("topic"),
            "words": turn.text[:_LONGEST_WORDS],
            "at": to_json(turn.now),
        }
        turn.say("utter_feedback_filed")
        return [SlotSet(slots.FEEDBACK, [*(turn.tracker.get_slot(slots.FEEDBACK) or []), entry])]
