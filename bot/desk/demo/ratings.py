"""The stars that users give: to the bot, and to a person."""

from __future__ import annotations

from typing import Any

from bot.desk.demo.recorder import Button
from bot.desk.demo.scene import Scene

_GOOD = 4
_RATING_SECONDS = 35
_STARS = (1, 2, 3, 4, 5)


def rating_buttons(rates: str) -> list[Button]:
    """One to five, for ``bot`` or ``person``."""
    return [(f"button_stars_{stars}", f'rate_service{{"stars": "{stars}", "rates": "{rates}"}}') for stars in _STARS]


def rate_bot(scene: Scene, episode: dict[str, Any]) -> None:
    """The bot has asked; some answer."""
    if scene.chance.happens(scene.mix["rated_share"]):
        stars = _rate(scene, "outage" if scene.is_bad_day else "solved", "bot")
        scene.recorder.slot("episode", {**episode, "stars": stars, "rated": "bot"})
        scene.recorder.listen()


def rate_person(scene: Scene, handoff: dict[str, Any]) -> None:
    """It was asked how a person's help was; some answer."""
    if scene.chance.happens(scene.mix["person_rated_share"]):
        stars = _rate(scene, "person", "person")
        scene.recorder.slot("handoff", {**handoff, "state": "rated", "change": "rate", "stars": stars})
        scene.recorder.listen()


def _rate(scene: Scene, mood: str, rates: str) -> int:
    recorder = scene.recorder
    stars = int(scene.chance.by_weight(scene.mix.stars[mood]))
    recorder.wait(_RATING_SECONDS)
    recorder.tap(f"button_stars_{stars}", "rate_service", stars=str(stars), rates=rates)
    recorder.react("action_rate")
    recorder.utter("utter_rated_well" if stars >= _GOOD else "utter_rated_badly")
    return stars
