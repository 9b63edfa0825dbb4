"""Takes the user's answer to a step: look into the wallet, then solved, the next step, another cause, or a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.diagnosis.finding import Finding
from actions.dialogue.linking import LOGIN_GIVEN, Linking, outcome_of
from actions.dialogue.outcome import Check, Outcome
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError
from actions.gateway.wallet_client import WalletClient
from actions.playbooks.playbook import Step, StepKind

# The walkthrough after an answer, and its outcome once it has ended.
Progress = tuple[Walkthrough, Outcome | None]

# The topic named once more inside its walkthrough: "still failing", unless the wallet shows that it works by now.
REPORTED_AGAIN = "reported_again"
# "Yes, that one" tells which one it was and is no leave to freeze an account; "not that one" may come late.
THIS_ONE, NOT_THIS_ONE = "this_one", "not_this_one"
_YES = ("yes", "done", THIS_ONE)
_CONFIRMED = ("yes", "failed", THIS_ONE)  # "still failing" to "is it this one?" says that it is
_MOST_UNSEEN = 2


class Answers:
    """The answers of one turn to the steps of a topic: yes, no, done, failed, or one of the three above."""

    def __init__(self, topic: Troubleshooting, turn: Turn, wallet: WalletClient) -> None:
        self._topic = topic
        self._turn = turn
        self._wallet = wallet

    async def take(self, walkthrough: Walkthrough, result: str) -> Progress:
        """Take the user's answer to the step; the outcome once there is no further step."""
        proven = self._topic.as_proven(self._turn, walkthrough)
        if proven is not walkthrough and result != LOGIN_GIVEN:
            return proven, None  # it was an answer about an account that is nobody's here any more
        walkthrough = proven
        if walkthrough.linking or (result == LOGIN_GIVEN and self._topic.has_to_ask_who(self._turn)):
            walkthrough = await Linking(self._topic, self._turn, self._wallet).take(walkthrough, result)
            return walkthrough, outcome_of(self._topic, walkthrough)
        if result == LOGIN_GIVEN:
            return walkthrough, None  # nobody asked for it
        if walkthrough.source in (Source.AWAY, Source.GUEST):
            recovered = await self._recover(walkthrough)
            if recovered:
                return recovered, self._ended(recovered)
        if result in ("yes", REPORTED_AGAIN):
            declined = self._topic.declined_offer(walkthrough, self._turn.entity("offer"))
            walkthrough, result = (declined, "yes") if declined else (walkthrough, result)
        step = self._topic.step_of(walkthrough)
        if step is None:
            return walkthrough, Outcome.EXHAUSTED
        if result == NOT_THIS_ONE:
            if walkthrough.finding and walkthrough.finding.subject:
                return self._pass_over(walkthrough)
            result = "no"
        if result == "done" and step.kind in (StepKind.CONFIRM, StepKind.OFFER):
            return await self._answer_early(walkthrough, step)
        if step.kind is StepKind.CONFIRM:
            return self._answer_confirm(walkthrough, result)
        answer = {StepKind.OFFER: self._answer_offer, StepKind.WAIT: self._answer_wait, StepKind.FIX: self._answer_fix}
        return await answer[step.kind](walkthrough, step, result)

    async def _recover(self, walkthrough: Walkthrough) -> Walkthrough | None:
        """The walkthrough by the account, once it shows something: the wallet is back, or it is known who writes."""
        if self._turn.speaker.user_id is None:
            return None
        turn = self._turn.as_said(walkthrough.said) if walkthrough.said else self._turn
        try:
            findings = await self._topic.diagnose(turn, self._wallet, self._turn.speaker.user_id)
        except GatewayError:
            return None
        if not findings:
            return None
        if walkthrough.source is Source.AWAY:
            self._turn.say("utter_wallet_back")
        account = Walkthrough(
            self._topic.topic, walkthrough.started_at, Source.ACCOUNT, tuple(findings), tried=walkthrough.tried
        )
        return self._topic.show_finding(turn, account)

    async def _answer_early(self, walkthrough: Walkthrough, step: Step) -> Progress:
        """It works before anything was tried: unless the wallet shows it, the question stays."""
        check = await self._look(walkthrough)
        if check is None:
            return walkthrough, None
        if check.failed_again:
            return self._take_new_finding(walkthrough, check.failed_again)
        if check.seen is None and not check.away and walkthrough.unseen + 1 < _MOST_UNSEEN:
            self._turn.say(f"utter_{self._topic.name}_none_yet")
            return replace(walkthrough, unseen=walkthrough.unseen + 1), None
        return self._solved(walkthrough, step, check)

    def _solved(self, walkthrough: Walkthrough, step: Step, check: Check | None) -> Progress:
        """It works: the wallet shows it, or the user is taken at his word."""
        if check and check.seen is not None:
            return self._solved_by_wallet(walkthrough, step, check.seen)
        if check and check.away:
            self._turn.say("utter_cannot_look")
        is_unseen = check is not None and not check.away
        self._turn.say(f"utter_{self._topic.name}_solved_unseen" if is_unseen else "utter_solved_unchecked")
        return walkthrough.record(step.name, "done", self._turn.now), Outcome.SOLVED_BY_USER

    def _answer_confirm(self, walkthrough: Walkthrough, result: str) -> Progress:
        finding = walkthrough.finding
        if finding is None or result not in _CONFIRMED:
            return self._pass_over(walkthrough)
        walkthrough = self._topic.take_steps(walkthrough, finding)
        return walkthrough, self._ended(walkthrough)

    def _pass_over(self, walkthrough: Walkthrough) -> Progress:
        """Go on with the next finding: another one is meant."""
        walkthrough = replace(walkthrough, focus=walkthrough.focus + 1, unseen=0)
        walkthrough = self._topic.show_finding(self._turn, walkthrough)
        return walkthrough, self._ended(walkthrough)

    def _ended(self, walkthrough: Walkthrough) -> Outcome | None:
        """A cause without a fix is for people; a list of steps at its end is exhausted."""
        if walkthrough.confirming or walkthrough.step:
            return None
        return Outcome.EXHAUSTED if walkthrough.steps else Outcome.FOR_PEOPLE

    async def _answer_offer(self, walkthrough: Walkthrough, step: Step, result: str) -> Progress:
        if result not in ("yes", "no"):
            return walkthrough, None  # what the bot offers to do needs a plain yes, so it asks again
        if result == "no":
            walkthrough = walkthrough.record(step.name, "declined", self._turn.now)
            walkthrough = replace(walkthrough, steps=step.otherwise, position=0, unseen=0)
            return walkthrough, None if step.otherwise else Outcome.EXHAUSTED
        finding, user_id = walkthrough.finding, self._turn.speaker.user_id
        if finding is None or user_id is None or step.operation is None:
            return walkthrough, Outcome.EXHAUSTED
        try:
            values = await self._topic.operate(step.operation, self._turn, self._wallet, user_id, finding)
        except GatewayError:
            self._turn.say(f"utter_{step.operation}_failed", **finding.values)
            return walkthrough.record(step.name, "failed", self._turn.now), Outcome.EXHAUSTED
        self._turn.say(f"utter_{step.operation}_done", **{**finding.values, **values})
        return self._next_step(walkthrough.record(step.name, "done", self._turn.now))

    def _next_step(self, walkthrough: Walkthrough) -> Progress:
        walkthrough = replace(walkthrough, position=walkthrough.position + 1, unseen=0)
        return walkthrough, None if walkthrough.step else Outcome.EXHAUSTED

    async def _answer_wait(self, walkthrough: Walkthrough, step: Step, result: str) -> Progress:
        if result == "no":
            self._turn.say(f"utter_{step.name}_ends", **(walkthrough.finding.values if walkthrough.finding else {}))
            return walkthrough.record(step.name, "waiting", self._turn.now), Outcome.WAITING
        check = await self._look(walkthrough)
        if check is None or check.away:
            self._turn.say("utter_cannot_look")
        elif check.seen is not None:
            return self._solved_by_wallet(walkthrough, step, check.seen)
        elif check.failed_again:
            return self._take_new_finding(walkthrough, check.failed_again)
        else:
            self._turn.say(f"utter_{step.name}_not_yet", **(walkthrough.finding.values if walkthrough.finding else {}))
        return walkthrough, None

    async def _answer_fix(self, walkthrough: Walkthrough, step: Step, result: str) -> Progress:
        check = await self._look(walkthrough)
        if check and check.failed_again and _is_other_cause(check.failed_again, walkthrough.finding):
            return self._take_new_finding(
                walkthrough.record(step.name, "other_cause", self._turn.now), check.failed_again
            )
        if result == REPORTED_AGAIN and check and check.seen is not None:
            return self._solved_by_wallet(walkthrough, step, check.seen)
        if result not in _YES:
            if check and check.away:
                self._turn.say("utter_cannot_look")
            return self._next_step(walkthrough.record(step.name, "failed", self._turn.now))
        if check is None or check.away or check.seen is not None:
            return self._solved(walkthrough, step, check)
        if check.failed_again:
            self._turn.say(f"utter_{self._topic.name}_failed_again", **check.failed_again.values)
            walkthrough = replace(walkthrough, findings=(*walkthrough.findings, check.failed_again))
            return self._next_step(walkthrough.record(step.name, "failed", self._turn.now))
        walkthrough = replace(walkthrough, unseen=walkthrough.unseen + 1)
        if check.fixed:
            self._turn.say(f"utter_{check.fixed}", **check.values)
        if walkthrough.unseen < _MOST_UNSEEN:
            return walkthrough, None
        return self._solved(walkthrough, step, check)

    async def _look(self, walkthrough: Walkthrough) -> Check | None:
        """What the wallet shows; None for a guest, whose account nobody looks into."""
        if self._turn.speaker.user_id is None:
            return None
        try:
            return await self._topic.check(self._turn, self._wallet, self._turn.speaker.user_id, walkthrough)
        except GatewayError:
            return Check(away=True)

    def _solved_by_wallet(self, walkthrough: Walkthrough, step: Step, seen: dict[str, Any]) -> Progress:
        self._turn.say(f"utter_{self._topic.name}_seen", **seen)
        return walkthrough.record(step.name, "solved", self._turn.now), Outcome.SOLVED_BY_WALLET

    def _take_new_finding(self, walkthrough: Walkthrough, finding: Finding) -> Progress:
        """Go on with what failed since; it needs no confirmation, the user has just tried."""
        findings = (*walkthrough.findings, finding)
        walkthrough = replace(walkthrough, findings=findings, focus=len(findings) - 1, source=Source.ACCOUNT)
        self._topic.tell(self._turn, finding)
        walkthrough = self._topic.take_steps(walkthrough, finding)
        return walkthrough, self._ended(walkthrough)


def _is_other_cause(found: Finding, known: Finding | None) -> bool:
    return known is None or found.plan != known.plan
