"""rate_service: the rating of the bot and of the person, each once per service episode."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import ANSWERED, RATED, Handoff, handoff_of, is_waiting, person_of, rating_buttons
from actions.dialogue.turn import Turn
from actions.topics.troubleshooting import walkthrough_of

_GOOD = 4


class ActionRate(HotlineAction):
    """Takes the rating of an episode that has ended and is not rated yet."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_rate"

    async def answer(self, turn: Turn) -> Events:
        """Thank for the stars, ask for them when none were given, or say that there is nothing to rate."""
        episode, handoff = turn.tracker.get_slot(slots.EPISODE), handoff_of(turn)
        if walkthrough_of(turn) is not None or is_waiting(handoff):
            turn.say("utter_rate_later")
            return []
        if self._is_about_person(turn, handoff):
            return self._rate_person(turn, handoff or {})
        if not episode:
            turn.say("utter_nothing_to_rate")
            return []
        if episode.get("stars"):
            turn.say("utter_rated_already")
            return []
        stars = turn.entity("stars")
        if stars is None:
            turn.say("utter_ask_rating", rating_buttons(turn, "bot"))
            return []
        turn.say("utter_rated_well" if int(stars) >= _GOOD else "utter_rated_badly")
        return [SlotSet(slots.EPISODE, {**episode, "stars": int(stars), "rated": "bot"})]

    def _is_about_person(self, turn: Turn, handoff: Handoff | None) -> bool:
        """By the button; typed stars are about the person who has just been of service."""
        rates = turn.entity("rates")
        if rates is not None or handoff is None:
            return rates == "person"
        return handoff["state"] in (*ANSWERED, RATED) and "utter_ask_rating" not in turn.bot_said_last()

    def _rate_person(self, turn: Turn, handoff: Handoff) -> Events:
        stars = turn.entity("stars")
        if handoff.get("state") == RATED:
            turn.say("utter_rated_already")
        elif handoff.get("state") not in ANSWERED:
            turn.say("utter_nothing_to_rate")
        elif stars is None:
            turn.say("utter_ask_rating_person", rating_buttons(turn, "person"), agent=person_of(turn, handoff))
        else:
            turn.say("utter_rated_well" if int(stars) >= _GOOD else "utter_rated_badly")
            rated = {**handoff, "state": RATED, "change": "rate", "stars": int(stars)}
            return [SlotSet(slots.HANDOFF, rated)]
        return []
