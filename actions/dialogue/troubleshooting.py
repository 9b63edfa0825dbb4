"""A topic's walkthrough: looks into the account, says what it found, asks about one step after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any, ClassVar

from actions.diagnosis.finding import Finding
from actions.dialogue.outcome import Check
from actions.dialogue.turn import Button, Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError, UnknownUser
from actions.gateway.wallet_client import WalletClient
from actions.playbooks.playbook import Playbook, Step, StepKind, load_playbook
from wallet.contract.causes import Cause

CONFIRM = "confirm"
# The steps by which a writer of a messaging channel proves who he is.
GIVE_LOGIN, PRESS_LINK = "give_login", "press_link"
NO_LOGIN = "none"  # in the place of a login: he goes on without his account
_LINKING = {GIVE_LOGIN: Step(GIVE_LOGIN, StepKind.LOGIN), PRESS_LINK: Step(PRESS_LINK, StepKind.LINK)}


class Troubleshooting(ABC):
    """One topic's walkthrough. ``topic`` is the intent, ``name`` the playbook and the middle of its responses.

    ``asks_who`` is whether a writer of a messaging channel is asked to prove who he is.
    """

    topic: ClassVar[str]
    name: ClassVar[str]
    asks_who: ClassVar[bool] = True

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
        by = "email" if "@" in str(finding.values.get("contact")) else "sms"
        sent = await wallet.send_password_reset(user_id, by)
        return {"contact": sent.sent_to, "expires_at": sent.expires_at}

    @property
    def playbook(self) -> Playbook:
        """The documented steps."""
        return load_playbook(self.name)

    async def start(self, turn: Turn, wallet: WalletClient) -> Walkthrough:
        """Look into the account, say what was found; the walkthrough with its first step to ask."""
        user_id = turn.speaker.user_id
        if self.has_to_ask_who(turn):
            return Walkthrough(self.topic, turn.now, Source.GUEST, linking=GIVE_LOGIN, said=turn.said)
        if user_id is None:
            return self.by_checklist(turn, Source.GUEST)
        try:
            findings = await self.diagnose(turn, wallet, user_id)
        except UnknownUser:
            return self.by_checklist(turn, Source.UNKNOWN_USER)
        except GatewayError:
            return self.by_checklist(turn, Source.AWAY)
        if not findings:
            return self.by_checklist(turn, Source.NOTHING_FOUND)
        walkthrough = Walkthrough(self.topic, turn.now, Source.ACCOUNT, tuple(findings))
        return self.show_finding(turn, walkthrough)

    def has_to_ask_who(self, turn: Turn) -> bool:
        """Whether this is a writer of a messaging channel of whom it is not known, or not any more, who he is."""
        return self.asks_who and turn.speaker.writer is not None and not turn.speaker.is_verified

    def as_proven(self, turn: Turn, walkthrough: Walkthrough) -> Walkthrough:
        """The walkthrough; without what the account showed, and asking who he is, once his proof has ended."""
        if walkthrough.source is not Source.ACCOUNT or not self.has_to_ask_who(turn):
            return walkthrough
        asking = Walkthrough(self.topic, walkthrough.started_at, Source.GUEST, linking=GIVE_LOGIN)
        return replace(asking, said=walkthrough.said, tried=walkthrough.tried)

    def by_checklist(self, turn: Turn, source: Source) -> Walkthrough:
        """Say why the account is not looked at, and go through the usual causes."""
        turn.say(f"utter_{self.name}_{source.value}")
        return Walkthrough(self.topic, turn.now, source, steps=self.playbook.checklist)

    def show_finding(self, turn: Turn, walkthrough: Walkthrough) -> Walkthrough:
        """Say what is in focus. A movement that was not named is asked about first: it may be another that is meant."""
        finding = walkthrough.finding
        if finding is None:
            turn.say("utter_other_causes")
            return replace(
                walkthrough, confirming=False, source=Source.NOTHING_FOUND, steps=self.playbook.checklist, position=0
            )
        self.tell(turn, finding)
        if finding.subject and finding.subject != turn.entity("transaction_id"):
            return replace(walkthrough, confirming=True)
        return self.take_steps(walkthrough, finding)

    def tell(self, turn: Turn, finding: Finding) -> None:
        """Say which movement it was, if it was one, and the cause in its own words."""
        if finding.subject:
            unsettled = "_unsettled" if finding.cause == Cause.RESULT_UNKNOWN.value else ""
            turn.say(f"utter_{self.movement_name(finding)}_found{unsettled}", **finding.values)
        turn.say(f"utter_cause_{finding.told}", **finding.values)

    def movement_name(self, finding: Finding) -> str:
        """The middle of the responses that say which movement was found."""
        return self.name

    def take_steps(self, walkthrough: Walkthrough, finding: Finding) -> Walkthrough:
        """Go on with the steps that the finding calls for."""
        return replace(
            walkthrough, confirming=False, steps=self.playbook.causes.get(finding.plan, ()), position=0, unseen=0
        )

    def explain(self, turn: Turn, walkthrough: Walkthrough) -> None:
        """Say again what is in focus, or why the usual causes are gone through."""
        if self.as_proven(turn, walkthrough).linking:
            return
        if walkthrough.finding:
            self.tell(turn, walkthrough.finding)
        else:
            source = walkthrough.source
            turn.say("utter_other_causes" if walkthrough.findings else f"utter_{self.name}_{source.value}")

    def declined_offer(self, walkthrough: Walkthrough, operation: str | None) -> Walkthrough | None:
        """Back at the offer of that operation, which the user has declined; None if there was none."""
        finding = walkthrough.finding
        steps = self.playbook.causes.get(finding.plan, ()) if finding else ()
        declined = [tried.step for tried in walkthrough.tried if tried.outcome == "declined"]
        for position, name in enumerate(steps):
            if name in declined and name not in walkthrough.steps and self.playbook.step(name).operation == operation:
                return replace(walkthrough, steps=steps, position=position, unseen=0)
        return None

    def ask(self, turn: Turn, walkthrough: Walkthrough) -> None:
        """Ask about the step that is due."""
        step = self.step_of(walkthrough)
        if step is None:
            return
        values = walkthrough.finding.values if walkthrough.finding else {}
        if walkthrough.unseen and step.kind is StepKind.FIX:
            response = f"utter_{self.name}_not_seen"
        else:
            response = (
                f"utter_step_{CONFIRM}_{self.name}" if step.kind is StepKind.CONFIRM else f"utter_step_{step.name}"
            )
        turn.say(response, step_buttons(turn, step), **values)

    def step_of(self, walkthrough: Walkthrough) -> Step | None:
        """The step that is due; None when there is no further one."""
        if walkthrough.confirming:
            return Step(CONFIRM, StepKind.CONFIRM)
        if walkthrough.linking:
            return _LINKING[walkthrough.linking]
        return self.playbook.step(walkthrough.step) if walkthrough.step else None


def step_buttons(turn: Turn, step: Step) -> list[Button]:
    """The answers a step of that kind can get, and always a person."""
    yes, no, done, failed = "/affirm", "/deny", "/step_done", "/step_failed"
    choices = {
        StepKind.CONFIRM: [("button_yes_that_one", yes), ("button_no_other", no)],
        StepKind.LOGIN: [("button_without_account", no)],
        StepKind.LINK: [("button_link_confirmed", done), ("button_without_account", f'{no}{{"login": "{NO_LOGIN}"}}')],
        StepKind.OFFER: [("button_please_do", yes), ("button_no_thanks", no)],
        StepKind.WAIT: [("button_look_again", yes), ("button_leave_it", no)],
        StepKind.FIX: [("button_works_now", done), ("button_still_failing", failed)],
    }
    return [
        turn.button(title, payload) for title, payload in [*choices[step.kind], ("button_person", "/request_human")]
    ]
