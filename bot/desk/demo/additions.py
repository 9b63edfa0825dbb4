"""What leads have added to some of the conversations: verdicts, tags, notes, corrections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.desk.demo.chance import Chance
from bot.desk.demo.conversation import Made
from bot.desk.demo.mix import Mix
from bot.store.summary import FALLBACK, Summary, confidence_of, intent_of

_DAY = 86400
_REVIEWED, _SECOND_REVIEWER, _FLAGGED, _TAGGED, _NOTED, _CORRECTED = 0.04, 0.25, 0.12, 0.02, 0.01, 0.4
_AGREED = 0.75
_WELL = "handled_well"


@dataclass
class Additions:
    """Rows for the tables of review_tables.py. Of an event its place in the conversation stands for its id."""

    reviews: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)


def additions_to(made: Made, summary: Summary, mix: Mix, chance: Chance, until: float) -> Additions:
    """What was added to a conversation; mostly nothing."""
    added, row = Additions(), {"conversation_id": made.conversation_id}
    at = summary.last_at + _DAY * chance.random()
    if at > until:
        return added
    if chance.happens(_REVIEWED):
        added.reviews = _reviews(row, summary, mix, chance, at)
    if chance.happens(_TAGGED):
        tag = chance.by_weight(mix.tags)
        added.tags.append({**row, "tag": tag, "by": chance.one_of(mix["leads"]), "at": at})
    if chance.happens(_NOTED):
        words = chance.one_of(mix["notes"])
        added.notes.append({**row, "event_id": None, "by": chance.one_of(mix["leads"]), "words": words, "at": at})
    for place, intent in made.mistakes:
        if chance.happens(_CORRECTED):
            added.corrections.append({**row, **_correction(made, place, intent), "by": mix["leads"][0], "at": at})
    return added


def _reviews(row: dict[str, Any], summary: Summary, mix: Mix, chance: Chance, at: float) -> list[dict[str, Any]]:
    went_well = (summary.outcome or "solved").startswith("solved") and chance.happens(0.8)
    verdict = _WELL if went_well else chance.by_weight(mix.verdicts)
    first, second = mix["leads"]
    is_flagged = chance.happens(_FLAGGED)
    reviews = [{**row, "reviewer": first, "verdict": verdict, "is_flagged": is_flagged, "at": at}]
    if chance.happens(_SECOND_REVIEWER):
        other = verdict if chance.happens(_AGREED) else chance.by_weight(mix.verdicts)
        reviews.append({**row, "reviewer": second, "verdict": other, "is_flagged": False, "at": at})
    return reviews


def _correction(made: Made, place: int, intent: str) -> dict[str, Any]:
    event = made.events[place]
    taken_for = intent_of(event)
    return {
        "event_id": place,
        "language": event["parse_data"]["language"],
        "words": event["text"],
        "predicted": taken_for,
        "confidence": None if taken_for == FALLBACK else confidence_of(event),
        "intent": intent,
        "exported_at": None,
    }
