"""What keeps a conversation going: not understood, yes and no outside a walkthrough, cancel, repeat, language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet

from actions.dialogue import slots
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import CASE, Handoff, end_of_walkthrough, handoff_of, is_waiting, take_back
from actions.dialogue.packet import Reason
from actions.dialogue.topics import TOPICS
from actions.dialogue.turn import Button, Turn
from actions.gateway.gateway import current_gateway
from actions.topics.handoff import hand_over_once
from actions.topics.troubleshooting import PERSON_OFFERED, TROUBLESHOOTING, close_episode, walkthrough_of

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
MAIN_TOPICS = ("login_failure", "payment_failure", "topup_failure")
_ASKS_WHAT = frozenset({"utter_did_you_mean", "utter_out_of_scope", "utter_what_else"})
_TOLD_OF_CASE = frozenset(
    "utter_handoff_case_closed utter_handoff_case_nobody utter_handoff_case_waited utter_handoff_case_made "
    "utter_case_exists utter_case_open".split()
)


class ActionNotUnderstood(HotlineAction):
    """Offers three topics when nothing was understood or nothing can be done; the second time in a row, a person."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_not_understood"

    async def answer(self, turn: Turn) -> Events:
        """Offer."""
        if turn.intent_before() in (FALLBACK, OUT_OF_SCOPE):
            turn.say(PERSON_OFFERED, [turn.button("button_person_please", "/request_human")])
        elif turn.intent == OUT_OF_SCOPE:
            turn.say("utter_out_of_scope", topic_buttons(turn, MAIN_TOPICS))
        else:
            turn.say("utter_did_you_mean", topic_buttons(turn, _likeliest(turn) or MAIN_TOPICS))
        return []


def _likeliest(turn: Turn) -> list[str]:
    ranking: list[dict[str, Any]] = (turn.tracker.latest_message or {}).get("intent_ranking") or []
    return [row["name"] for row in ranking if row["name"] in TOPICS][: len(MAIN_TOPICS)]


def topic_buttons(turn: Turn, topics: Sequence[str]) -> list[Button]:
    """One button for each topic."""
    return [turn.button(f"topic_{name}", f"/{name}") for name in topics]


class ActionAnswerOutside(HotlineAction):
    """Yes, no, done and failed when no step is being asked about: they answer what the bot said last."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer_outside"

    async def answer(self, turn: Turn) -> Events:
        """A person if one was offered, else what to do with such an answer."""
        said = turn.bot_said_last()
        if turn.entity("login"):
            # Nobody asked for it.
            turn.say("utter_what_fails", topic_buttons(turn, MAIN_TOPICS))
            return []
        if turn.intent == "affirm" and said & {PERSON_OFFERED, "utter_still_failing"}:
            return await hand_over_once(turn, Reason.NOT_UNDERSTOOD)
        episode = turn.tracker.get_slot(slots.EPISODE) or {}
        if turn.intent == "step_failed" and episode.get("topic") in TROUBLESHOOTING:
            turn.say("utter_still_failing", [turn.button("button_person_please", "/request_human")])
        elif turn.intent in ("affirm", "step_done") and not said & _ASKS_WHAT:
            turn.say("utter_glad")
        elif turn.intent == "deny":
            # "No, nothing else" is not asked once more.
            turn.say("utter_glad" if "utter_what_else" in said else "utter_what_else")
        else:
            turn.say("utter_what_fails", topic_buttons(turn, MAIN_TOPICS))
        return []


class ActionCancel(HotlineAction):
    """Leaves the queue, withdraws the case the bot has just told of, or ends the walkthrough politely."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_cancel"

    async def answer(self, turn: Turn) -> Events:
        """End what there is."""
        handoff, walkthrough = handoff_of(turn), walkthrough_of(turn)
        if handoff and (is_waiting(handoff) or (handoff["state"] == CASE and _was_told_of(turn, handoff))):
            return await take_back(turn, current_gateway(), handoff)
        if walkthrough is None:
            turn.say("utter_nothing_to_cancel")
            return end_of_walkthrough()
        turn.say("utter_cancelled")
        return close_episode(walkthrough, "cancelled")


def _was_told_of(turn: Turn, handoff: Handoff) -> bool:
    """Whether the bot has just spoken of this very case."""
    is_named = any(handoff["number"] in text for _, text in turn.lines_last())
    return is_named and bool(turn.bot_said_last() & _TOLD_OF_CASE)


class ActionSayGoodbye(HotlineAction):
    """Says goodbye; a walkthrough that is running ends with it."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_say_goodbye"

    async def answer(self, turn: Turn) -> Events:
        """End the walkthrough if there is one."""
        walkthrough = walkthrough_of(turn)
        turn.say("utter_goodbye")
        return close_episode(walkthrough, "left") if walkthrough else end_of_walkthrough()


class ActionRepeat(HotlineAction):
    """Says the cause again, after which the form asks its step again; outside a walkthrough, what the bot said last."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_repeat"

    async def answer(self, turn: Turn) -> Events:
        """Repeat."""
        walkthrough = walkthrough_of(turn)
        if walkthrough:
            TROUBLESHOOTING[walkthrough.topic].explain(turn, walkthrough)
            return []
        lines = turn.lines_last()
        if not lines:
            turn.say("utter_greet")
        of_person = [line for line in lines if line[0] is not None]
        for agent, text in of_person or lines:
            if agent is None:
                turn.say_again(text)
            else:
                turn.say("utter_person_said", agent=agent, words=text)
        return []


class ActionSetLanguage(HotlineAction):
    """Switches to the language that is named, or to the other one."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_set_language"

    async def answer(self, turn: Turn) -> Events:
        """Set the language; the rule then says so in it."""
        wanted = turn.entity("named_language")
        if wanted is None:
            # Asking for it in the other language has switched already.
            other = "en" if turn.language_before() == "zh" else "zh"
            wanted = other if turn.language == turn.language_before() else turn.language
        return [SlotSet(slots.LANGUAGE, wanted)]
