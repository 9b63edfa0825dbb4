"""will_try: the user goes and does what a step asks for, or wants a moment."""

from __future__ import annotations

from actions.dialogue.base_action import Events, HotlineAction
from actions.dialogue.troubleshooting import step_buttons
from actions.dialogue.turn import Turn
from actions.playbooks.playbook import StepKind
from actions.topics.troubleshooting import TIME_GIVEN, TROUBLESHOOTING, walkthrough_of
from wallet.contract.causes import Cause


class ActionGiveTime(HotlineAction):
    """Leaves the user his time. "I'll pay again, then" sounds alike, and may cost him his money twice."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_give_time"

    async def answer(self, turn: Turn) -> Events:
        """Say so, with the buttons of a step to be done; any other question is asked again after it."""
        walkthrough = walkthrough_of(turn)
        finding = walkthrough.finding if walkthrough else None
        topic = TROUBLESHOOTING[walkthrough.topic] if walkthrough else None
        step = topic.step_of(walkthrough) if topic and walkthrough else None
        if topic and walkthrough and finding and finding.cause == Cause.RESULT_UNKNOWN.value:
            topic.explain(turn, walkthrough)
        elif step and step.kind is StepKind.FIX:
            turn.say(TIME_GIVEN, step_buttons(turn, step))
        else:
            turn.say("utter_no_hurry")
        return []
