"""The state of a walkthrough, as the bot keeps it, and how it begins and ends."""

from __future__ import annotations

from typing import Any

from bot.desk.demo.facts import Facts
from bot.desk.demo.handover import Handover
from bot.desk.demo.mix import Cause
from bot.desk.demo.ratings import rate_bot, rating_buttons
from bot.desk.demo.recorder import FORM, Button
from bot.desk.demo.scene import Scene

FRAUD = "report_fraud"
_PERSON: Button = ("button_person", "request_human")
_BUTTONS: dict[str, list[Button]] = {
    "confirm": [("button_yes_that_one", "affirm"), ("button_no_other", "deny")],
    "offer": [("button_please_do", "affirm"), ("button_no_thanks", "deny")],
    "wait": [("button_look_again", "affirm"), ("button_leave_it", "deny")],
    "fix": [("button_works_now", "step_done"), ("button_still_failing", "step_failed")],
}


class Walkthrough:
    """One walkthrough while it is played. ``name`` is that of the topic's playbook."""

    def __init__(self, scene: Scene, topic: str) -> None:
        self.scene, self.recorder, self.topic = scene, scene.recorder, topic
        self.name = topic.removesuffix("_failure").removeprefix("report_")
        self.playbook = scene.corpus.playbooks[self.name]
        self.is_confirming = False
        self.steps: list[str] = []
        self.position = 0
        self.unseen = 0
        self.said: dict[str, str] = {}
        self._started_at = self.recorder.stamp()
        self._source = self._look()
        self._findings: list[dict[str, Any]] = []
        self._tried: list[dict[str, str]] = []

    @property
    def by_account(self) -> bool:
        """Whether the account showed something."""
        return self._source == "account"

    @property
    def step(self) -> str | None:
        """The step that is asked about."""
        return self.steps[self.position] if self.position < len(self.steps) else None

    @property
    def kind(self) -> str:
        """How the step that is asked about is answered."""
        return "confirm" if self.is_confirming else self.playbook.kind(self.step or "")

    def _look(self) -> str:
        mix, chance = self.scene.mix, self.scene.chance
        if not self.scene.is_proven:
            return "guest"
        if chance.happens(mix["away_share"]):
            return "away"
        if self.topic not in mix.causes or chance.happens(mix["nothing_found_share"]):
            return "nothing_found"
        return "account"

    def begin(self, in_form: bool = False) -> bool:
        """The bot looks into the account and says what it found; whether there is a step to ask about."""
        self.recorder.react(f"action_start_{self.name}", in_form)
        if self.by_account:
            self._tell_finding(self._cause())
        else:
            self.recorder.utter(f"utter_{self.name}_{self._source}")
            self.steps = list(self.playbook.checklist)
        if not (self.is_confirming or self.step):
            self._hand_over("for_people")
            return False
        self.recorder.slot("step_result", None)
        self.keep()
        self.recorder.follow_up(FORM)
        self.recorder.loop(FORM)
        self.recorder.slot("language", self.recorder.language)
        self.ask()
        return True

    def _cause(self) -> Cause:
        if self.scene.is_bad_day and self.topic == "topup_failure" and self.scene.chance.happens(0.9):
            told = self.scene.chance.one_of(("channel_down", "channel_down_open_end", "channel_down_unannounced"))
            return Cause("channel_down", told, told)
        return self.scene.chance.by_weight(self.scene.mix.causes[self.topic])

    def _tell_finding(self, cause: Cause) -> None:
        plan = list(self.playbook.plans[cause.plan])
        lines = [f"utter_cause_{cause.told}"]
        self.is_confirming = self.topic in self.scene.mix["with_movement"]
        if self.is_confirming:
            lines.insert(0, f"utter_{self.name}_found{'_unsettled' if cause.told == 'result_unknown' else ''}")
        self.said, kept = self._facts(cause, lines, plan)
        for line in lines:
            self.recorder.utter(line, values=self.said)
        movement = f"{self.name[:3]}_{self.scene.chance.getrandbits(64):016x}" if self.is_confirming else None
        names = {"cause": cause.name, "told": cause.told, "plan": cause.plan, "subject": movement}
        self._findings = [{**names, "at": self._started_at, "values": kept}]
        self._planned = plan
        self.steps = [] if self.is_confirming else plan

    def _facts(self, cause: Cause, lines: list[str], plan: list[str]) -> tuple[dict[str, str], dict[str, Any]]:
        facts: Facts = self.scene.facts()
        asked = [*plan, *(step for name in plan for step in self.playbook.steps.get(name, {}).get("otherwise", []))]
        responses = [*lines, *(f"utter_step_{step}" for step in asked)]
        known = self.scene.corpus.responses[self.recorder.language]
        later = (f"utter_{step}_{end}" for step in asked for end in ("ends", "not_yet"))
        responses += [response for response in later if response in known]
        given = {"left": str(self.scene.chance.randint(1, 4))} if cause.told == "wrong_password" else {}
        return facts.of(responses, **given)

    def confirm(self) -> None:
        """Yes, that one: on with the steps that the finding calls for."""
        self.is_confirming = False
        self.steps, self.position = self._planned, 0

    def go_by_checklist(self) -> None:
        """No, another one: on with the usual causes."""
        self.is_confirming, self._source = False, "nothing_found"
        self.steps, self.position, self.said = list(self.playbook.checklist), 0, {}
        self._findings = []
        self.recorder.utter("utter_other_causes")

    def record(self, outcome: str) -> None:
        """The step was tried, and ended so."""
        self._tried = [*self._tried, {"step": self.step or "", "outcome": outcome, "at": self.recorder.stamp()}]

    def ask(self) -> None:
        """The form asks about the step, and the turn ends."""
        self.recorder.slot("requested_slot", "step_result")
        response = f"utter_step_confirm_{self.name}" if self.is_confirming else f"utter_step_{self.step}"
        if self.unseen and self.kind == "fix":
            response = f"utter_{self.name}_not_seen"
        self.recorder.utter(response, [*_BUTTONS[self.kind], _PERSON], self.said)
        self.recorder.listen()

    def keep(self) -> None:
        """The slot as it stands."""
        self.recorder.slot("walkthrough", self.to_slot())

    def to_slot(self) -> dict[str, Any]:
        """As the bot keeps it."""
        return {
            "topic": self.topic,
            "started_at": self._started_at,
            "source": self._source,
            "findings": self._findings,
            "focus": 0,
            "confirming": self.is_confirming,
            "steps": self.steps,
            "position": self.position,
            "unseen": self.unseen,
            "tried": self._tried,
        }

    def end(self, outcome: str) -> None:
        """The form ends with an outcome, within the turn that has brought it."""
        self.recorder.slot("step_result", outcome)
        self.keep()
        self.recorder.slot("requested_slot", None)
        self.recorder.loop(None)
        self.recorder.act("action_end_troubleshooting")
        if outcome in ("exhausted", "for_people"):
            self._hand_over(outcome)
            return
        if outcome.startswith("solved"):
            self.recorder.utter("utter_ask_rating", rating_buttons("bot"))
        episode = self.close(outcome)
        if outcome.startswith("solved"):
            rate_bot(self.scene, episode)

    def close(self, outcome: str) -> dict[str, Any]:
        """The walkthrough is over, and with it the turn."""
        episode = {"topic": self.topic, "outcome": outcome, "walkthrough": self.to_slot()}
        self.scene.end_of_walkthrough(episode)
        self.recorder.listen()
        return episode

    def _hand_over(self, reason: str) -> None:
        if self.topic != FRAUD:
            self.recorder.utter(f"utter_handing_over_{reason}")
        Handover(self.scene, "fraud" if self.topic == FRAUD else reason, self.topic, self.to_slot()).play()
