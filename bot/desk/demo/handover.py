"""A person is asked for: the queue or a case, what the person writes, and how it ends."""

from __future__ import annotations

from typing import Any

from bot.desk.demo.facts import time_in_words
from bot.desk.demo.ratings import rate_person, rating_buttons
from bot.desk.demo.recorder import in_json
from bot.desk.demo.scene import Scene

_HOUR = 3600
_CASE_SECONDS = 8 * _HOUR
_STOP = [("button_stop_waiting", "cancel")]
_TOPICS_OF_LINES = ("payment_failure", "topup_failure", "login_failure", "transfer_failure", "report_fraud")


class Handover:
    """One hand-off of a conversation, from the request to its end."""

    def __init__(self, scene: Scene, reason: str, topic: str | None, walkthrough: dict[str, Any] | None = None) -> None:
        self._scene, self._recorder, self._chance = scene, scene.recorder, scene.chance
        self._topic, self._walkthrough = topic, walkthrough
        self._agent = self._chance.one_of(scene.mix["agents"])
        self._slot: dict[str, Any] = {
            "number": self._chance.handoff_number(),
            "reason": reason,
            "topic": topic,
            "at": self._recorder.stamp(),
        }

    def play(self) -> None:
        """All of it; the message that asks for a person has been understood already."""
        if self._scene.is_served and self._chance.happens(0.93):
            self._queue()
            self._wait()
        else:
            self._make_case("nobody" if self._scene.is_served else "closed")
            self._answer_case()

    def _queue(self) -> None:
        crowd = 5 if self._scene.is_bad_day else 1.6
        position = 1 + int(self._chance.expovariate(1 / crowd))
        low = position * 2
        number = self._slot["number"]
        shown = {"number": number, "position": str(position), "low": str(low), "high": str(low * 2 + 1)}
        self._recorder.utter("utter_handoff_queued", _STOP, shown, agent=self._nobody())
        self._end_walkthrough("queued", "queue", position=position, wait=[low, low * 2 + 1])

    def _make_case(self, why: str) -> None:
        response = "utter_handoff_case_closed" if why == "closed" else "utter_handoff_case_nobody"
        due, opens = self._recorder.at + _CASE_SECONDS, self._recorder.at + 6 * _HOUR
        said = {"number": self._slot["number"], "due": self._time(due), "opens": self._time(opens)}
        self._recorder.utter(response, values={**said, "agent": self._nobody()})
        self._end_walkthrough("case", "defer", due_at=in_json(due), why=why)

    def _end_walkthrough(self, state: str, change: str, **more: Any) -> None:
        gathered = {"walkthrough": self._walkthrough} if self._walkthrough else {}
        self._scene.end_of_walkthrough()
        self._change("requested", "request")
        known = {"position": None, "wait": None, "agent": None, "due_at": None, "why": None, "opens_at": None}
        self._change(state, change, **{**known, **more})
        self._recorder.slot("episode", {"topic": self._topic, "outcome": "handed_over", **gathered})
        self._recorder.listen()

    def _wait(self) -> None:
        mix = self._scene.mix
        factor = mix["outage"]["wait_factor"] if self._scene.is_bad_day else 1
        waits = self._chance.seconds(mix["wait_seconds"] * factor)
        if self._chance.happens(mix["given_up_share"] * factor**0.5):
            self._recorder.at += waits * self._chance.random()
            self._give_up()
        elif self._chance.happens(mix["deferred_share"]):
            self._recorder.at += 900
            due = self._recorder.at + _CASE_SECONDS
            self._change("case", "defer", due_at=in_json(due), why="waited")
            self._tell("utter_handoff_case_waited", due=self._time(due))
            self._answer_case()
        else:
            self._be_next(waits)
            self._serve()

    def _be_next(self, waits: float) -> None:
        if self._slot["position"] > 1:
            self._recorder.at += waits * 0.6
            self._change("queued", "move", position=1, wait=[1, 4])
            self._tell("utter_handoff_next")
            waits *= 0.4
        self._recorder.at += waits

    def _give_up(self) -> None:
        self._recorder.tap("button_stop_waiting", "cancel")
        self._recorder.react("action_cancel")
        self._recorder.utter("utter_handoff_cancel", values={"number": self._slot["number"]})
        self._change("cancelled", "cancel")
        self._recorder.listen()

    def _serve(self) -> None:
        self._change("claimed", "claim", agent=self._agent)
        self._tell("utter_handoff_claim")
        self._recorder.pause(True)
        self._recorder.listen()
        lines = self._lines()
        self._write(self._greeting(), "active")
        for place, line in enumerate(lines):
            self._reply(is_last=False)
            if place and self._chance.happens(0.25):
                self._hold()
            self._write(line, "active")
        self._reply(is_last=True)
        self._close()

    def _answer_case(self) -> None:
        """Later the same day a person writes, or nobody has come to it yet."""
        if not self._chance.happens(0.7):
            return
        self._recorder.wait(2.5 * _HOUR)
        self._slot["agent"] = self._agent
        for line in self._lines():
            self._write(line, "case")
            self._recorder.wait(120)
        self._finish("resolved", "resolve")

    def _close(self) -> None:
        if self._chance.happens(self._scene.mix["resolved_share"]):
            self._finish("resolved", "resolve")
        else:
            self._finish("returned", "return")

    def _finish(self, state: str, change: str) -> None:
        recorder = self._recorder
        recorder.wait(40)
        self._change(state, change)
        self._tell(f"utter_handoff_{change}")
        if change == "return":
            recorder.utter("utter_what_else")
        recorder.utter("utter_ask_rating_person", rating_buttons("person"), {"agent": self._agent})
        if recorder.is_paused:
            recorder.pause(False)
        recorder.listen()
        rate_person(self._scene, self._slot)

    def _hold(self) -> None:
        self._change("on_hold", "hold")
        self._tell("utter_handoff_hold")
        self._recorder.wait(150)
        self._change("active", "resume")
        self._tell("utter_handoff_resume")

    def _reply(self, is_last: bool) -> None:
        """What the user writes to a person; the bot is silent."""
        self._recorder.wait(self._scene.mix["answer_seconds"] * 1.5)
        spoken = "thank" if is_last else self._topic if self._topic and self._chance.happens(0.4) else "affirm"
        self._recorder.say(spoken)

    def _write(self, text: str, state: str) -> None:
        self._recorder.wait(35)
        self._change(state, "answer", answered=True)
        self._recorder.write(self._agent, text)

    def _greeting(self) -> str:
        greetings = self._scene.mix.persons["greetings"][self._recorder.language]
        return str(self._chance.one_of(greetings)).format(agent=self._agent)

    def _lines(self) -> list[str]:
        persons, language = self._scene.mix.persons, self._recorder.language
        topic = self._topic if self._topic in _TOPICS_OF_LINES else "other"
        lines = self._chance.sample(persons["lines"][topic][language], self._chance.randint(1, 2))
        return [*lines, self._chance.one_of(persons["closings"][language])]

    def _change(self, state: str, change: str, **more: Any) -> None:
        self._slot = {**self._slot, "state": state, "change": change, **more}
        self._recorder.slot("handoff", self._slot)

    def _tell(self, response: str, **values: str) -> None:
        """A line that the desk has caused."""
        said = {"number": self._slot["number"], "agent": self._agent, **values}
        self._recorder.utter(response, values=said, letter=self._chance.message_id())

    def _nobody(self) -> str:
        return self._scene.corpus.word("a_colleague", self._recorder.language)

    def _time(self, at: float) -> str:
        return time_in_words(self._scene.corpus, self._recorder.language, self._recorder.at, at, self._scene.zone)
