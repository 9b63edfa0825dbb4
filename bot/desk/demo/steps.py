"""What a user does in a walkthrough, turn by turn, and what the bot makes of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.desk.demo.handover import Handover
from bot.desk.demo.questions import answer, not_understood
from bot.desk.demo.recorder import FORM
from bot.desk.demo.scene import Scene
from bot.desk.demo.walkthrough import FRAUD, Walkthrough

_MOST_TURNS = 14
_LEAVES_IT_SHARE = 0.78
_SHOWS_BY_THEN_SHARE = 0.45
_FIXED_ON_BAD_DAY = 0.12


def play_failure(scene: Scene, topic: str, in_form: bool = False) -> None:
    """A walkthrough from the bot's first look to its end, or to where the user leaves; the failure has been told."""
    walkthrough = Walkthrough(scene, topic)
    if walkthrough.begin(in_form):
        Steps(scene, walkthrough).play()


class Steps:
    """The turns of one walkthrough."""

    def __init__(self, scene: Scene, walkthrough: Walkthrough) -> None:
        self._scene, self._recorder, self._chance = scene, scene.recorder, scene.chance
        self._walkthrough = walkthrough
        self._was_lost = False
        self._deeds: dict[str, Callable[[], bool]] = {
            "answer": self._answer,
            "person": self._ask_for_person,
            "question": self._ask_question,
            "nonsense": self._say_nonsense,
            "cancel": lambda: self._go("cancel", "cancelled"),
            "goodbye": lambda: self._go("goodbye", "left"),
        }

    def play(self) -> None:
        """Turn after turn, until it is over or the user is gone."""
        for _ in range(_MOST_TURNS):
            deed = self._chance.by_weight(self._scene.mix.deeds)
            if deed == "leave" or not self._deeds[deed]():
                return

    def _ask_again(self) -> bool:
        self._recorder.act(FORM)
        self._walkthrough.ask()
        return True

    def _ask_for_person(self) -> bool:
        self._recorder.wait(self._scene.mix["answer_seconds"])
        if self._chance.happens(self._scene.mix["tapped_share"]):
            self._recorder.tap("button_person", "request_human")
        else:
            self._recorder.say("request_human")
        self._recorder.react("action_hand_over", rejects_form=True)
        reason = "fraud" if self._walkthrough.topic == FRAUD else "asked"
        Handover(self._scene, reason, self._walkthrough.topic, self._walkthrough.to_slot()).play()
        return False

    def _ask_question(self) -> bool:
        intent = self._chance.by_weight(self._scene.mix.questions)
        self._recorder.wait(self._scene.mix["answer_seconds"])
        self._recorder.say(intent)
        answer(self._scene, intent, in_form=True)
        return self._ask_again()

    def _say_nonsense(self) -> bool:
        not_understood(self._scene, self._was_lost, in_form=True)
        if self._was_lost:
            # The offer of a person stands instead of the step.
            self._recorder.act(FORM)
            self._recorder.slot("requested_slot", "step_result")
            self._recorder.listen()
            return self._ask_for_person()
        self._was_lost = True
        return self._ask_again()

    def _go(self, intent: str, outcome: str) -> bool:
        self._recorder.wait(self._scene.mix["answer_seconds"])
        self._recorder.say(intent)
        self._recorder.react("action_cancel" if intent == "cancel" else "action_say_goodbye", rejects_form=True)
        self._recorder.utter("utter_cancelled" if intent == "cancel" else "utter_goodbye")
        self._walkthrough.close(outcome)
        return False

    def _answer(self) -> bool:
        self._was_lost = False
        kinds = {"confirm": self._confirm, "offer": self._accept, "wait": self._leave_it, "fix": self._try}
        return kinds[self._walkthrough.kind]()

    def _say(self, intent: str, word: str, result: str) -> None:
        self._scene.answer_or_tap(intent, word)
        self._recorder.slot("step_result", result)
        self._recorder.react(FORM)

    def _go_on(self) -> bool:
        """The next question of the form; without one the list of steps is at its end."""
        walkthrough = self._walkthrough
        if not walkthrough.step:
            walkthrough.end("exhausted" if walkthrough.steps else "for_people")
            return False
        self._recorder.slot("step_result", None)
        walkthrough.keep()
        walkthrough.ask()
        return True

    def _confirm(self) -> bool:
        if self._chance.happens(self._scene.mix["confirmed_share"]):
            self._say("affirm", "button_yes_that_one", "yes")
            self._walkthrough.confirm()
        else:
            self._say("deny", "button_no_other", "no")
            self._walkthrough.go_by_checklist()
        return self._go_on()

    def _accept(self) -> bool:
        walkthrough = self._walkthrough
        step = walkthrough.playbook.steps[walkthrough.step or ""]
        if self._chance.happens(self._scene.mix["accepted_share"]):
            self._say("affirm", "button_please_do", "yes")
            done = f"utter_{step['operation']}_done"
            said, _ = self._scene.facts().of([done], **walkthrough.said)
            self._recorder.utter(done, values=said)
            walkthrough.record("done")
            walkthrough.position += 1
        else:
            self._say("deny", "button_no_thanks", "no")
            walkthrough.record("declined")
            walkthrough.steps, walkthrough.position = [*step["otherwise"]], 0
            if not walkthrough.steps:
                walkthrough.end("exhausted")
                return False
        return self._go_on()

    def _leave_it(self) -> bool:
        walkthrough = self._walkthrough
        if self._chance.happens(_LEAVES_IT_SHARE):
            self._say("deny", "button_leave_it", "no")
            self._recorder.utter(f"utter_{walkthrough.step}_ends", values=walkthrough.said)
            walkthrough.record("waiting")
            walkthrough.end("waiting")
            return False
        self._recorder.wait(600)
        self._say("affirm", "button_look_again", "yes")
        if self._chance.happens(_SHOWS_BY_THEN_SHARE):
            return self._solved_by_wallet()
        self._recorder.utter(f"utter_{walkthrough.step}_not_yet", values=walkthrough.said)
        return self._go_on()

    def _try(self) -> bool:
        walkthrough, mix = self._walkthrough, self._scene.mix
        self._recorder.wait(60)
        shares = mix["fixed"]
        works = _FIXED_ON_BAD_DAY if self._scene.is_bad_day else shares[min(walkthrough.position, len(shares) - 1)]
        if not (walkthrough.unseen or self._chance.happens(works)):
            self._say("step_failed", "button_still_failing", "failed")
            walkthrough.record("failed")
            walkthrough.position += 1
            return self._go_on()
        self._say("step_done", "button_works_now", "done")
        if not walkthrough.by_account:
            return self._solved_by_user("utter_solved_unchecked")
        if self._chance.happens(mix["seen_in_wallet_share"]):
            return self._solved_by_wallet()
        if walkthrough.unseen:
            return self._solved_by_user(f"utter_{walkthrough.name}_solved_unseen")
        walkthrough.unseen += 1
        return self._go_on()

    def _solved_by_wallet(self) -> bool:
        walkthrough = self._walkthrough
        seen = f"utter_{walkthrough.name}_seen"
        given = {name: value for name, value in walkthrough.said.items() if name != "at"}
        said, _ = self._scene.facts().of([seen], **given)
        self._recorder.utter(seen, values=said)
        walkthrough.record("solved")
        walkthrough.end("solved_by_wallet")
        return False

    def _solved_by_user(self, response: str) -> bool:
        self._recorder.utter(response)
        self._walkthrough.record("done")
        self._walkthrough.end("solved_by_user")
        return False
