"""Where a made-up conversation takes place: what is known and likely, who talks, how the day is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from bot.desk.demo.chance import Chance
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.facts import Facts
from bot.desk.demo.mix import Mix
from bot.desk.demo.recorder import Button, Recorder

TOPIC_BUTTONS: list[Button] = [
    (f"topic_{topic}", topic) for topic in ("login_failure", "payment_failure", "topup_failure")
]


@dataclass(frozen=True)
class Scene:
    """One conversation's surroundings. ``is_bad_day``: while a channel is down that many use."""

    corpus: Corpus
    mix: Mix
    chance: Chance
    zone: tzinfo
    recorder: Recorder
    is_bad_day: bool = False

    @property
    def is_proven(self) -> bool:
        """Whether it is known who talks."""
        return self.recorder.visitor.user_id is not None

    @property
    def is_served(self) -> bool:
        """Whether it is a time at which people answer."""
        opens, closes = self.mix["service_hours"]
        return bool(opens <= datetime.fromtimestamp(self.recorder.at, self.zone).hour < closes)

    def facts(self) -> Facts:
        """An account's facts at this time."""
        return Facts(self.corpus, self.mix, self.chance, self.recorder.language, self.recorder.at, self.zone)

    def utter(self, response: str, buttons: Iterable[Button] = (), **given: str) -> None:
        """A line of the bot; values that are not given are made up."""
        said, _ = self.facts().of([response], **given)
        self.recorder.utter(response, tuple(buttons), said)

    def answer_or_tap(self, intent: str, word: str) -> None:
        """The user answers: in his own words, or by the button of that title."""
        self.recorder.wait(self.mix["answer_seconds"])
        if self.chance.happens(self.mix["tapped_share"]):
            self.recorder.tap(word, intent)
        else:
            self.recorder.say(intent)

    def end_of_walkthrough(self, episode: dict[str, Any] | None = None) -> None:
        """The form is closed and forgotten; what was gathered stays in the slot of the episode."""
        self.recorder.loop(None)
        for name in ("requested_slot", "step_result", "walkthrough"):
            self.recorder.slot(name, None)
        if episode:
            self.recorder.slot("episode", episode)
