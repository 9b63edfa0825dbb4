"""rate_service: the rating of the bot, once per service episode."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.turn import Turn
from actions.topics.troubleshooting import rating_buttons, walkthrough_of

_GOOD = 4


class ActionRate(HotlineAction):
    """Takes the rating of an episode that has ended and is not rated yet."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_rate"

    async def answer(self, turn: Turn) -> Events:
        """Thank for the stars, ask for them when none were given, or say that there is nothing to rate."""
        episode = turn.tracker.get_slot(slots.EPISODE)
        stars = turn.entity("stars")
        if walkthrough_of(turn) is not None:
            turn.say("utter_rate_later")
            return []
        if not episode:
            turn.say("utter_nothing_to_rate")
            return []
        if episode.get("stars"):
            turn.say("utter_rated_already")
            return []
        if stars is None:
            turn.say("utter_ask_rating", rating_buttons(turn))
            return []
        turn.say("utter_rated_well" if int(stars) >= _GOOD else "utter_rated_badly")
        return [SlotSet(slots.EPISODE, {**episode, "stars": int(stars), "rated": "bot"})]
