"""Plays one conversation of a plan and writes it down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from bot.desk.demo.chance import Chance
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.handover import Handover
from bot.desk.demo.mix import Mix
from bot.desk.demo.plan import Plan
from bot.desk.demo.questions import ask, give_feedback, not_understood, say_goodbye, talk
from bot.desk.demo.recorder import Recorder
from bot.desk.demo.scene import Scene
from bot.desk.demo.steps import play_failure
from bot.desk.demo.understanding import Understanding
from bot.store.summary import EventData

_HOUR = 3600


@dataclass(frozen=True)
class Made:
    """A conversation that was made; ``mistakes`` are places of lines and what they should have been taken for."""

    conversation_id: str
    events: list[EventData]
    mistakes: list[tuple[int, str]]


class Player:
    """Makes conversations of one corpus and one mix."""

    def __init__(self, corpus: Corpus, mix: Mix, zone: tzinfo) -> None:
        self._corpus, self._mix, self._zone = corpus, mix, zone
        self._understanding = Understanding(corpus.intents)
        self._openings: dict[str, Callable[[Scene], None]] = {
            "questions": self._ask_questions,
            "person": self._ask_for_person,
            "feedback": give_feedback,
            "outside": self._be_lost,
            "hello": self._look_around,
        }

    def play(self, plan: Plan, chance: Chance, until: float) -> Made:
        """A conversation without what would come after a time."""
        recorder = Recorder(self._corpus, self._understanding, chance, plan.visitor, plan.at)
        scene = Scene(self._corpus, self._mix, chance, self._zone, recorder, plan.is_bad_day)
        recorder.begin_session()
        if plan.opening == "hello" or chance.happens(self._mix["greets_share"]):
            talk(scene, "greet", 2)
        if plan.topic:
            self._tell_failure(scene, plan.topic)
        else:
            self._openings[plan.opening](scene)
        self._go_on(scene, plan)
        events = [event for event in recorder.events if event["timestamp"] < until]
        mistakes = [(place, intent) for place, intent in recorder.mistakes if place < len(events)]
        return Made(plan.visitor.conversation_id, events, mistakes)

    def _go_on(self, scene: Scene, plan: Plan) -> None:
        chance, mix = scene.chance, self._mix
        if plan.topic and not scene.recorder.is_paused and chance.happens(mix["remarks_share"]):
            give_feedback(scene, plan.topic)
        if chance.happens(mix["thanks_share"]):
            talk(scene, "thank", mix["answer_seconds"])
            if chance.happens(0.2):
                say_goodbye(scene)
        if chance.happens(mix["second_concern_share"]):
            scene.recorder.wait(0.4 * _HOUR)
            if chance.happens(0.4):
                self._tell_failure(scene, chance.by_weight(mix.failures))
            else:
                self._ask_questions(scene)
        if plan.topic and not scene.is_proven and chance.happens(mix["returns_share"]):
            scene.recorder.wait(4 * _HOUR)
            self._tell_failure(scene, plan.topic)

    def _tell_failure(self, scene: Scene, topic: str) -> None:
        recorder, chance = scene.recorder, scene.chance
        recorder.wait(3)
        if chance.happens(self._mix["mistaken_share"]):
            # Taken for a failure though something else was meant: for the review.
            recorder.say(chance.by_weight(self._mix.questions), taken_for=topic)
        else:
            recorder.say(topic)
        play_failure(scene, topic)

    def _ask_questions(self, scene: Scene) -> None:
        scene.recorder.wait(3)
        ask(scene, scene.chance.by_weight(self._mix.questions))
        scene.recorder.listen()
        while scene.chance.happens(0.3):
            talk(scene, scene.chance.by_weight(self._mix.questions), 30)

    def _ask_for_person(self, scene: Scene) -> None:
        scene.recorder.wait(3)
        scene.recorder.say("request_human")
        scene.recorder.react("action_hand_over")
        Handover(scene, "asked", None).play()

    def _be_lost(self, scene: Scene) -> None:
        not_understood(scene)
        scene.recorder.listen()
        if scene.chance.happens(0.4):
            not_understood(scene, was_so_before=True)
            scene.recorder.listen()
            if scene.chance.happens(0.3):
                scene.answer_or_tap("request_human", "button_person_please")
                scene.recorder.react("action_hand_over")
                Handover(scene, "asked", None).play()

    def _look_around(self, scene: Scene) -> None:
        if scene.chance.happens(0.5):
            talk(scene, scene.chance.one_of(("ask_capabilities", "ask_bot")), 12)
