"""Leads through a walkthrough: explain, one fix, "does it work now?", a look into the wallet, the next."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, ClassVar

from actions.diagnosis.finding import Finding
from actions.dialogue.turn import Button, Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError, UnknownUser
from actions.gateway.wallet_client import WalletClient
from actions.playbooks.playbook import Playbook, Step, StepKind, load_playbook
from wallet.contract.causes import Cause


class Outcome(str, Enum):
    """How a walkthrough ended."""

    SOLVED_BY_WALLET = "solved_by_wallet"
    SOLVED_BY_USER = "solved_by_user"
    WAITING = "waiting"
    EXHAUSTED = "exhausted"
    FOR_PEOPLE = "for_people"


@dataclass(frozen=True)
class Check:
    """What the wallet shows after a step: the thing worked, it failed anew, the fix is in place, or nothing happened.

    ``fixed`` names the words for a fix that shows before a new try; ``away``: the wallet did not answer.
    """

    seen: dict[str, Any] | None = None
    failed_again: Finding | None = None
    fixed: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    away: bool = False


CONFIRM = "confirm"
_YES = ("yes", "done")
# The topic named once more inside its walkthrough: "still failing", unless the wallet shows that it works by now.
REPORTED_AGAIN = "reported_again"
_CONFIRMED = ("yes", "done", "failed")  # "still failing" to "is it this one?" says that it is
_MOST_UNSEEN = 2


class Troubleshooting(ABC):
    """One topic's walkthrough. ``topic`` is the intent, ``name`` the playbook and the middle of its responses."""

    topic: ClassVar[str]
    name: ClassVar[str]

    @abstractmethod
    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """What the account shows. Raises GatewayError."""

    @abstractmethod
    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> Check | None:
        """What the account shows now; None where nothing can be seen. Raises GatewayError."""

    async def operate(
        self, operation: str, turn: Turn, wallet: WalletClient, user_id: str, finding: Finding
    ) -> dict[str, Any]:
        """Do what the user said yes to; values for its words. Raises GatewayError."""
        if operation != "send_reset_link":
            raise NotImplementedError(operation)
        sent = await wallet.send_password_reset(user_id)
        return {"contact": sent.sent_to, "expires_at": sent.expires_at}

    @property
    def playbook(self) -> Playbook:
        """The documented steps."""
        return load_playbook(self.name)

    async def start(self, turn: Turn, wallet: WalletClient) -> Walkthrough:
        """Look into the account, say what was found; the walkthrough with its first step to ask."""
        user_id = turn.speaker.user_id
        if user_id is None:
            return self._by_checklist(turn, Source.GUEST)
        try:
            findings = await self.diagnose(turn, wallet, user_id)
        except UnknownUser:
            return self._by_checklist(turn, Source.NOTHING_FOUND)
        except GatewayError:
            return self._by_checklist(turn, Source.AWAY)
        if not findings:
            return self._by_checklist(turn, Source.NOTHING_FOUND)
        walkthrough = Walkthrough(self.topic, turn.now, Source.ACCOUNT, tuple(findings))
        return self._show_finding(turn, walkthrough)

    def _by_checklist(self, turn: Turn, source: Source) -> Walkthrough:
        turn.say(f"utter_{self.name}_{source.value}")
        return Walkthrough(self.topic, turn.now, source, steps=self.playbook.checklist)

    def _show_finding(self, turn: Turn, walkthrough: Walkthrough) -> Walkthrough:
        """Say what is in focus. A movement is asked about first, since it may not be the one that is meant."""
        finding = walkthrough.finding
        if finding is None:
            turn.say("utter_other_causes")
            return replace(
                walkthrough, confirming=False, source=Source.NOTHING_FOUND, steps=self.playbook.checklist, position=0
            )
        self._tell(turn, finding)
        if finding.subject:
            return replace(walkthrough, confirming=True)
        return self._take_steps(walkthrough, finding)

    def _tell(self, turn: Turn, finding: Finding) -> None:
        """Say which movement it was, if it was one, and the cause in its own words."""
        if finding.subject:
            unsettled = "_unsettled" if finding.told == Cause.RESULT_UNKNOWN.value else ""
            turn.say(f"utter_{self.name}_found{unsettled}", **finding.values)
        turn.say(f"utter_cause_{finding.told}", **finding.values)

    def _take_steps(self, walkthrough: Walkthrough, finding: Finding) -> Walkthrough:
        return replace(
            walkthrough, confirming=False, steps=self.playbook.causes.get(finding.plan, ()), position=0, unseen=0
        )

    def explain(self, turn: Turn, walkthrough: Walkthrough) -> None:
        """Say again what is in focus."""
        if walkthrough.finding:
            self._tell(turn, walkthrough.finding)

    def ask(self, turn: Turn, walkthrough: Walkthrough) -> None:
        """Ask about the step that is due."""
        step = self._step(walkthrough)
        if step is None:
            return
        values = walkthrough.finding.values if walkthrough.finding else {}
        if walkthrough.unseen:
            response = f"utter_{self.name}_not_seen"
        else:
            response = (
                f"utter_step_{CONFIRM}_{self.name}" if step.kind is StepKind.CONFIRM else f"utter_step_{step.name}"
            )
        turn.say(response, step_buttons(turn, step), **values)

    def _step(self, walkthrough: Walkthrough) -> Step | None:
        if walkthrough.confirming:
            return Step(CONFIRM, StepKind.CONFIRM)
        return self.playbook.step(walkthrough.step) if walkthrough.step else None

    async def answer(
        self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough, result: str
    ) -> tuple[Walkthrough, Outcome | None]:
        """Take the user's answer (yes, no, done, failed) to the step; the outcome once there is no further step."""
        if walkthrough.source is Source.AWAY:
            recovered = await self._recover(turn, wallet, walkthrough)
            if recovered:
                return recovered, self._ended(recovered)
        step = self._step(walkthrough)
        if step is None:
            return walkthrough, Outcome.EXHAUSTED
        if step.kind is StepKind.CONFIRM:
            return self._answer_confirm(turn, walkthrough, result)
        if step.kind is StepKind.OFFER:
            return await self._answer_offer(turn, wallet, walkthrough, step, result)
        if step.kind is StepKind.WAIT:
            return await self._answer_wait(turn, wallet, walkthrough, step, result)
        return await self._answer_fix(turn, wallet, walkthrough, step, result)

    async def _recover(self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough) -> Walkthrough | None:
        """The walkthrough by the account, once the wallet that was away answers and shows something."""
        if turn.speaker.user_id is None:
            return None
        try:
            findings = await self.diagnose(turn, wallet, turn.speaker.user_id)
        except GatewayError:
            return None
        if not findings:
            return None
        turn.say("utter_wallet_back")
        account = Walkthrough(
            self.topic, walkthrough.started_at, Source.ACCOUNT, tuple(findings), tried=walkthrough.tried
        )
        return self._show_finding(turn, account)

    def _answer_confirm(self, turn: Turn, walkthrough: Walkthrough, result: str) -> tuple[Walkthrough, Outcome | None]:
        finding = walkthrough.finding
        if finding is not None and result in _CONFIRMED:
            walkthrough = self._take_steps(walkthrough, finding)
        else:
            walkthrough = self._show_finding(turn, replace(walkthrough, focus=walkthrough.focus + 1))
        return walkthrough, self._ended(walkthrough)

    def _ended(self, walkthrough: Walkthrough) -> Outcome | None:
        """A cause without a fix is for people; a list of steps at its end is exhausted."""
        if walkthrough.confirming or walkthrough.step:
            return None
        return Outcome.EXHAUSTED if walkthrough.steps else Outcome.FOR_PEOPLE

    async def _answer_offer(
        self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough, step: Step, result: str
    ) -> tuple[Walkthrough, Outcome | None]:
        if result not in _YES:
            walkthrough = walkthrough.record(step.name, "declined", turn.now)
            return replace(walkthrough, steps=step.otherwise, position=0), None if step.otherwise else Outcome.EXHAUSTED
        finding, user_id = walkthrough.finding, turn.speaker.user_id
        if finding is None or user_id is None or step.operation is None:
            return walkthrough, Outcome.EXHAUSTED
        try:
            values = await self.operate(step.operation, turn, wallet, user_id, finding)
        except GatewayError:
            turn.say(f"utter_{step.operation}_failed", **finding.values)
            return walkthrough.record(step.name, "failed", turn.now), Outcome.EXHAUSTED
        turn.say(f"utter_{step.operation}_done", **{**finding.values, **values})
        return self._next_step(walkthrough.record(step.name, "done", turn.now))

    def _next_step(self, walkthrough: Walkthrough) -> tuple[Walkthrough, Outcome | None]:
        walkthrough = replace(walkthrough, position=walkthrough.position + 1, unseen=0)
        return walkthrough, None if walkthrough.step else Outcome.EXHAUSTED

    async def _answer_wait(
        self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough, step: Step, result: str
    ) -> tuple[Walkthrough, Outcome | None]:
        if result not in _YES:
            turn.say("utter_wait_ends")
            return walkthrough.record(step.name, "waiting", turn.now), Outcome.WAITING
        check = await self._look(turn, wallet, walkthrough)
        if check is None or check.away:
            turn.say("utter_cannot_look")
        elif check.seen is not None:
            return self._solved_by_wallet(turn, walkthrough, step, check.seen)
        elif check.failed_again:
            return self._take_new_finding(turn, walkthrough, check.failed_again)
        else:
            turn.say(f"utter_{step.name}_not_yet", **(walkthrough.finding.values if walkthrough.finding else {}))
        return walkthrough, None

    async def _answer_fix(
        self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough, step: Step, result: str
    ) -> tuple[Walkthrough, Outcome | None]:
        check = await self._look(turn, wallet, walkthrough)
        if check and check.failed_again and _is_other_cause(check.failed_again, walkthrough.finding):
            return self._take_new_finding(
                turn, walkthrough.record(step.name, "other_cause", turn.now), check.failed_again
            )
        if check and check.away:
            turn.say("utter_cannot_look")
        if result == REPORTED_AGAIN and check and check.seen is not None:
            return self._solved_by_wallet(turn, walkthrough, step, check.seen)
        if result not in _YES:
            return self._next_step(walkthrough.record(step.name, "failed", turn.now))
        if check is None or check.away:
            turn.say("utter_solved_unchecked")
            return walkthrough.record(step.name, "done", turn.now), Outcome.SOLVED_BY_USER
        if check.seen is not None:
            return self._solved_by_wallet(turn, walkthrough, step, check.seen)
        if check.failed_again:
            turn.say(f"utter_{self.name}_failed_again", **check.failed_again.values)
            return self._next_step(walkthrough.record(step.name, "failed", turn.now))
        walkthrough = replace(walkthrough, unseen=walkthrough.unseen + 1)
        if check.fixed:
            turn.say(f"utter_{check.fixed}", **check.values)
        if walkthrough.unseen < _MOST_UNSEEN:
            return walkthrough, None
        turn.say(f"utter_{self.name}_solved_unseen")
        return walkthrough.record(step.name, "done", turn.now), Outcome.SOLVED_BY_USER

    async def _look(self, turn: Turn, wallet: WalletClient, walkthrough: Walkthrough) -> Check | None:
        """What the wallet shows; None for a guest, whose account nobody looks into."""
        if turn.speaker.user_id is None:
            return None
        try:
            return await self.check(turn, wallet, turn.speaker.user_id, walkthrough)
        except GatewayError:
            return Check(away=True)

    def _solved_by_wallet(
        self, turn: Turn, walkthrough: Walkthrough, step: Step, seen: dict[str, Any]
    ) -> tuple[Walkthrough, Outcome | None]:
        turn.say(f"utter_{self.name}_seen", **seen)
        return walkthrough.record(step.name, "solved", turn.now), Outcome.SOLVED_BY_WALLET

    def _take_new_finding(
        self, turn: Turn, walkthrough: Walkthrough, finding: Finding
    ) -> tuple[Walkthrough, Outcome | None]:
        """Go on with what failed since; it needs no confirmation, the user has just tried."""
        findings = (*walkthrough.findings, finding)
        walkthrough = replace(walkthrough, findings=findings, focus=len(findings) - 1, source=Source.ACCOUNT)
        self._tell(turn, finding)
        walkthrough = self._take_steps(walkthrough, finding)
        return walkthrough, self._ended(walkthrough)


def _is_other_cause(found: Finding, known: Finding | None) -> bool:
    return known is None or found.plan != known.plan


def step_buttons(turn: Turn, step: Step) -> list[Button]:
    """The answers a step of that kind can get, and always a person."""
    yes, no, done, failed = "/affirm", "/deny", "/step_done", "/step_failed"
    choices = {
        StepKind.CONFIRM: [("button_yes_that_one", yes), ("button_no_other", no)],
        StepKind.OFFER: [("button_please_do", yes), ("button_no_thanks", no)],
        StepKind.WAIT: [("button_look_again", yes), ("button_leave_it", no)],
        StepKind.FIX: [("button_works_now", done), ("button_still_failing", failed)],
    }
    return [
        turn.button(title, payload) for title, payload in [*choices[step.kind], ("button_person", "/request_human")]
    ]
