"""The actions every walkthrough shares: start, take an answer, ask the next step, end."""

from __future__ import annotations

import logging
from abc import abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction

from actions.dialogue import slots
from actions.dialogue.answers import NOT_THIS_ONE, REPORTED_AGAIN, THIS_ONE, Answers
from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.handoff import (
    Handoff,
    end_of_walkthrough,
    hand_over,
    handoff_of,
    is_waiting,
    rating_buttons,
    stand_in_queue,
)
from actions.dialogue.linking import LOGIN_GIVEN, WITHOUT_ACCOUNT, Linking, outcome_of
from actions.dialogue.outcome import Outcome
from actions.dialogue.packet import Reason
from actions.dialogue.troubleshooting import NO_LOGIN, PRESS_LINK, Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.gateway import current_gateway
from actions.gateway.request_ids import carry_request_id
from actions.playbooks.playbook import StepKind

logger = logging.getLogger(__name__)

FRAUD = "report_fraud"
PERSON_OFFERED = "utter_offer_person"
TIME_GIVEN = "utter_take_your_time"
REFUND_ASKED = "utter_refund_which"
# Said with the buttons of the step or another question, so that the step is not asked about again: one at a time.
_INSTEAD_OF_STEP = {PERSON_OFFERED, TIME_GIVEN, REFUND_ASKED}
_WHICH_ONE = {"yes": THIS_ONE, "no": NOT_THIS_ONE}

TROUBLESHOOTING: dict[str, Troubleshooting] = {}


def register(troubleshooting: Troubleshooting) -> Troubleshooting:
    """Make a topic's walkthrough known to the shared actions."""
    TROUBLESHOOTING[troubleshooting.topic] = troubleshooting
    return troubleshooting


def walkthrough_of(turn: Turn) -> Walkthrough | None:
    """The walkthrough that is running."""
    return Walkthrough.from_slot(turn.tracker.get_slot(slots.WALKTHROUGH))


class StartAction(HotlineAction):
    """Starts a topic's walkthrough, switches to it from another, or takes its report again as "still failing"."""

    troubleshooting: ClassVar[Troubleshooting]

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    async def answer(self, turn: Turn) -> Events:
        """Start, and go on with the form."""
        running = walkthrough_of(turn)
        wallet = current_gateway().wallet
        if running and running.linking == PRESS_LINK and self.means_the_link(turn):
            walkthrough, outcome = await Answers(TROUBLESHOOTING[running.topic], turn, wallet).take(running, "failed")
        elif running and running.topic == self.troubleshooting.topic and not self._is_still_asking(running):
            walkthrough, outcome = await Answers(self.troubleshooting, turn, wallet).take(running, REPORTED_AGAIN)
        else:
            if running and running.topic != self.troubleshooting.topic:
                turn.say("utter_topic_switched", topic=turn.word(f"topic_{self.troubleshooting.topic}"))
            walkthrough = await self.troubleshooting.start(turn, wallet)
            if running and running.linking == PRESS_LINK and walkthrough.linking:
                # The link that is out serves this as well.
                walkthrough = replace(walkthrough, linking=PRESS_LINK, tried=running.tried)
            outcome = outcome_of(self.troubleshooting, walkthrough)
        if outcome:
            return await end(turn, walkthrough, outcome)
        return [
            SlotSet(slots.STEP_RESULT, None),
            SlotSet(slots.WALKTHROUGH, walkthrough.to_slot()),
            FollowupAction(slots.TROUBLESHOOTING_FORM),
        ]

    def means_the_link(self, turn: Turn) -> bool:
        """Whether the report, made while a link is awaited, may well be of that link."""
        return False

    def _is_still_asking(self, running: Walkthrough) -> bool:
        """Whether nothing was tried yet: the report may name another amount, so the account is looked at anew."""
        step = self.troubleshooting.step_of(running)
        return step is not None and step.kind in (StepKind.CONFIRM, StepKind.OFFER, StepKind.LOGIN)


class ValidateTroubleshootingForm(FormValidationAction):  # type: ignore[misc]
    """Takes the user's answer to a step. The slot stays empty, so the form asks on, until the walkthrough has ended."""

    def name(self) -> str:
        """The name by which the form finds its validation."""
        return "validate_troubleshooting_form"

    async def validate_step_result(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The walkthrough after the answer, and its outcome if it has ended."""
        if value is None:
            # Rasa also validates what the starting action emptied; that is no answer of the user.
            return {slots.STEP_RESULT: None}
        turn = Turn(tracker, dispatcher)
        carry_request_id(turn.request_id)
        walkthrough = walkthrough_of(turn)
        if walkthrough is None:
            return {slots.STEP_RESULT: Outcome.EXHAUSTED.value}
        login = turn.entity("login")
        if PERSON_OFFERED in turn.bot_said_last() and not login:
            return {slots.STEP_RESULT: Reason.NOT_UNDERSTOOD.value if value == "yes" else None}
        if login:
            value = WITHOUT_ACCOUNT if login == NO_LOGIN else LOGIN_GIVEN
        elif turn.entity("meant"):
            value = _WHICH_ONE.get(value, value)
        answers = Answers(TROUBLESHOOTING[walkthrough.topic], turn, current_gateway().wallet)
        try:
            walkthrough, outcome = await answers.take(walkthrough, str(value))
        except Exception:
            # Like HotlineAction: Rasa would swallow it and the user would hear nothing.
            logger.exception("an answer to %s failed in conversation %s", walkthrough.topic, tracker.sender_id)
            turn.say("utter_bot_failed")
            return {slots.STEP_RESULT: Reason.BOT_FAILURE.value}
        return {
            **turn.changed,
            slots.STEP_RESULT: outcome.value if outcome else None,
            slots.WALKTHROUGH: walkthrough.to_slot(),
        }


class ActionAskStepResult(HotlineAction):
    """Asks about the step that is due; Rasa calls it whenever the form needs its answer."""

    def name(self) -> str:
        """The name by which the form finds it."""
        return "action_ask_step_result"

    async def answer(self, turn: Turn) -> Events:
        """Ask; of a writer who has confirmed meanwhile who he is, after looking into his account."""
        walkthrough = walkthrough_of(turn)
        if walkthrough is None or turn.bot_said_now() & _INSTEAD_OF_STEP:
            return []
        topic = TROUBLESHOOTING[walkthrough.topic]
        if not (walkthrough.linking and turn.speaker.is_verified):
            proven = topic.as_proven(turn, walkthrough)
            topic.ask(turn, proven)
            return [] if proven is walkthrough else [SlotSet(slots.WALKTHROUGH, proven.to_slot())]
        walkthrough = await Linking(topic, turn, current_gateway().wallet).go_on(walkthrough)
        outcome = outcome_of(topic, walkthrough)
        if outcome:
            return await end(turn, walkthrough, outcome)
        topic.ask(turn, walkthrough)
        return [SlotSet(slots.WALKTHROUGH, walkthrough.to_slot())]


class ActionEndTroubleshooting(HotlineAction):
    """Ends a walkthrough: solved, waiting, or on to a person."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_end_troubleshooting"

    async def answer(self, turn: Turn) -> Events:
        """End by the outcome that the validation left in the slot."""
        walkthrough = walkthrough_of(turn)
        result = turn.tracker.get_slot(slots.STEP_RESULT)
        if walkthrough is None:
            return end_of_walkthrough()
        if result in _REASONS_OF_FORM:
            return await _to_a_person(turn, Reason(result), walkthrough)
        return await end(turn, walkthrough, Outcome(result))


_REASONS_OF_FORM = (Reason.NOT_UNDERSTOOD.value, Reason.BOT_FAILURE.value)
_REASONS = {Outcome.EXHAUSTED: Reason.EXHAUSTED, Outcome.FOR_PEOPLE: Reason.FOR_PEOPLE}
_RATED = (Outcome.SOLVED_BY_WALLET, Outcome.SOLVED_BY_USER)


async def end(turn: Turn, walkthrough: Walkthrough, outcome: Outcome) -> Events:
    """Hand over where no step is left, else close the episode and ask for a rating if it was solved."""
    reason = _REASONS.get(outcome)
    if reason:
        if walkthrough.topic != FRAUD:
            turn.say(f"utter_handing_over_{reason.value}")
        return await _to_a_person(turn, reason, walkthrough)
    if outcome in _RATED:
        turn.say("utter_ask_rating", rating_buttons(turn, "bot"))
    return close_episode(walkthrough, outcome.value)


async def _to_a_person(turn: Turn, reason: Reason, walkthrough: Walkthrough) -> Events:
    handoff = handoff_of(turn)
    if handoff and is_waiting(handoff):
        return await wait_on(turn, handoff, reason, walkthrough)
    return await hand_over(turn, current_gateway(), urgent(reason, walkthrough), walkthrough)


async def wait_on(turn: Turn, handoff: Handoff, reason: Reason, walkthrough: Walkthrough | None) -> Events:
    """Of somebody who waits: with what has come out meanwhile the desk is asked anew, which may make it urgent."""
    if walkthrough is None:
        return await stand_in_queue(turn, current_gateway(), handoff)
    return await hand_over(turn, current_gateway(), urgent(reason, walkthrough), walkthrough, handoff["number"])


def urgent(reason: Reason, walkthrough: Walkthrough | None) -> Reason:
    """The reason, which fraud goes before."""
    return Reason.FRAUD if walkthrough and walkthrough.topic == FRAUD else reason


def close_episode(walkthrough: Walkthrough, outcome: str) -> Events:
    """Close the form and keep what was gathered: a person asked for afterwards gets it all the same."""
    episode = {"topic": walkthrough.topic, "outcome": outcome, "walkthrough": walkthrough.to_slot()}
    return [*end_of_walkthrough(), SlotSet(slots.EPISODE, episode)]
