"""A few hundred conversations, made up by chance: every way an episode can begin, go on and end."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from bot.store.summary import EventData
from tests.integration.desk.review.talk import Talk

FAILURES = ("login_failure", "payment_failure", "topup_failure")
QUESTIONS = ("ask_fees", "ask_limits", "give_feedback")
CAUSES = ("over_daily_limit", "card_expired", "account_locked")
ENDS = ("solved_by_user", "solved_by_wallet", "waiting", "cancelled", "left", None)
REASONS = ("asked", "exhausted")
DAYS = 20
_DAY_S, _LATELY_S = 86_400, 2_000


@dataclass(frozen=True)
class MadeUp:
    """A conversation: its id, its proven user, and what happened in it."""

    id: str
    user_id: str | None
    channel: str
    events: list[EventData]


def made_up(count: int, until: float, seed: int = 7) -> list[MadeUp]:
    """So many conversations of some days until a moment, in the order in which they began.

    A proven user has one at a time, as one has who writes in one place after the other.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    lately = [until - chance.random() * _LATELY_S for _ in range(count // 10)]
    begun = sorted([*(until - chance.random() * DAYS * _DAY_S for _ in range(count - len(lately))), *lately])
    free_at: dict[str | None, float] = {}
    found = []
    for number, at in enumerate(begun):
        users = [user for user in (*(f"user-{place:04}" for place in range(40)), None) if free_at.get(user, 0) < at]
        user = chance.choice(users) if chance.random() < 0.7 else None
        channel = chance.choice(("widget", "telegram"))
        talk = Talk(at, channel, user)
        for place in range(chance.choice((1, 1, 2, 3))):
            if place:
                talk.wait(chance.choice((5, 600, 40_000, 90_000)))
            _episode(talk, chance, f"WH-{number:04}-{place:04}")
        if user is not None:
            free_at[user] = talk.at
        # What is going on has got as far as it has.
        events = [event for event in talk.events if event["timestamp"] <= until]
        found.append(MadeUp(f"made-{number:04}", user, channel, events))
    return [conversation for conversation in found if conversation.events]


def _episode(talk: Talk, chance: random.Random, number: str) -> None:
    language = chance.choice(("zh", "en"))
    if not talk.events or chance.random() < 0.4:
        talk._add({"event": "session_started"})
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        talk.not_understood("?", ("ask_fees", 0.2), language=language).bot("What do you mean?")
    kind = chance.random()
    if kind < 0.15:
        talk.user("hello", "greet", language=language).bot("Hello")
    elif kind < 0.45:
        topic = chance.choice(QUESTIONS)
        talk.user("a question", topic, language=language).bot("An answer")
        if chance.random() < 0.3:
            talk.user("the same again", topic, language=language).bot("The same answer")
    else:
        _walk(talk, chance, language)
    if chance.random() < 0.3:
        _hand_over(talk, chance, number, language)
    if chance.random() < 0.2:
        talk.user("thanks", "thank", language=language).bot("You are welcome")


def _walk(talk: Talk, chance: random.Random, language: str) -> None:
    topic, cause = chance.choice(FAILURES), chance.choice((*CAUSES, None))
    findings = [] if cause is None else [{"cause": "other"}, {"cause": cause}]
    walked: dict[str, Any] = {"topic": topic, "findings": findings, "focus": 1 if findings else None, "steps": []}
    talk.user("it fails", topic, language=language).slot("walkthrough", walked).bot("Try this")
    for _ in range(chance.randrange(4)):
        # A question on the way, and the same failure told again, belong to the walkthrough.
        intent = chance.choice(("step_failed", "step_failed", "ask_fees", topic))
        talk.user("hm", intent, language=language).slot("walkthrough", walked).bot("And this")
    end = chance.choice(ENDS)
    if end is None:
        return
    talk.user("well", "step_done", language=language).slot("walkthrough", None)
    episode = {"topic": topic, "outcome": end, "walkthrough": walked}
    is_asked = end.startswith("solved") and chance.random() < 0.8
    if is_asked:
        talk.bot("How was it?", utter_action="utter_ask_rating")
    talk.slot("episode", episode)
    if chance.random() < (0.6 if is_asked else 0.05):
        stars = chance.randint(1, 5)
        talk.user("stars", "rate_service", language=language).slot("episode", {**episode, "stars": stars}).bot("Thanks")


def _hand_over(talk: Talk, chance: random.Random, number: str, language: str) -> None:
    standing = {"number": number, "reason": chance.choice(REASONS), "topic": None}

    def stand(state: str, change: str, **values: Any) -> None:
        talk.slot("handoff", {**standing, "state": state, "change": change, **values})

    talk.user("a person please", "request_human", language=language)
    stand("requested", "request")
    talk.slot("episode", {"topic": None, "outcome": "handed_over"}).bot("One moment")
    way = chance.random()
    if way < 0.15:
        return
    talk.wait(chance.uniform(0, 3))
    if way < 0.7:
        stand("queued", "queue")
        if chance.random() < 0.3:
            talk.wait(900)
            stand("case", "defer")
    else:
        stand("case", "defer")
    if chance.random() < 0.2:
        talk.user("never mind", "cancel", language=language)
        stand("cancelled", "cancel")
        return
    if chance.random() < 0.2:
        return
    talk.wait(chance.uniform(1, 5000))
    stand("claimed", "claim")
    stand("active", "answer", answered=True)
    talk.person("I look into it")
    talk.user("thank you", "thank", language=language)
    stand("resolved", "resolve", answered=True)
    if chance.random() < 0.7:
        talk.bot("How was it?", utter_action="utter_ask_rating_person")
        if chance.random() < 0.5:
            talk.user("stars", "rate_service", language=language)
            stand("rated", "rate", answered=True, stars=chance.randint(1, 5))
