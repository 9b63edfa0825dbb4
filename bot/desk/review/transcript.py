"""A piece of a conversation as a lead reads it: lines with how they were understood, days, gaps, episodes, hand-offs.

Pure. Every text is masked here, so that no template can forget it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.pages.personal import mask_personal
from bot.desk.pages.transcript import change_lines
from bot.desk.review.behind import Deed, Reader
from bot.desk.review.entries import Begins, Behind, Changed, Entry, Episode, Line, Pause
from bot.desk.review.notes import Note
from bot.desk.review.rows import moment_of
from bot.store.handoffs import SLOT, HandoffChange
from bot.store.lines import Piece, StoredEvent, Understanding, understanding_of
from bot.store.messages import BOT, OF_PERSON, USER
from bot.store.summary import PERSON

# A silence shorter than this is not worth a word.
SHORTEST_GAP = 600
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Added:
    """What stands beside the record: episodes, notes masked already, corrected intents by the seq of their lines."""

    episodes: Sequence[Episode] = ()
    notes: Sequence[Note] = ()
    corrected: Mapping[int, str] = field(default_factory=dict)


def transcript_of(
    piece: Piece, user_id: str | None, added: Added, zone: ZoneInfo, is_behind_wanted: bool
) -> list[Entry]:
    """The entries of a piece, in order."""
    reader, before_at = Reader(user_id), piece.before_at
    entries: list[Entry] = []
    standing: Any = None
    for event in piece.events:
        begins = [Begins(episode) for episode in added.episodes if _begins(episode, before_at, event.at)]
        if event.data.get("event") in (USER, BOT):
            entries += [*_pause(_last_said(entries, piece.before_at), event.at, zone), *begins]
            entries.append(_line(event, user_id, added))
        else:
            entries += begins
        if _is_handoff(event) and event.data.get("value") != standing:
            standing = event.data.get("value")
            entries += _changes(event)
        elif is_behind_wanted and (deeds := reader.deeds(event)):
            _add_deeds(entries, deeds)
        before_at = event.at
    return entries


def masked(notes: Sequence[Note], user_id: str | None) -> list[Note]:
    """Notes as they are shown."""
    return [replace(note, words=mask_personal(note.words, user_id)) for note in notes]


def _begins(episode: Episode, before_at: float | None, at: float) -> bool:
    return episode.started_at <= at and (before_at is None or episode.started_at > before_at)


def _last_said(entries: Sequence[Entry], before_at: float | None) -> float | None:
    last = next((entry.at for entry in reversed(entries) if isinstance(entry, (Line, Changed))), None)
    return last.timestamp() if last else before_at


def _pause(before: float | None, at: float, zone: ZoneInfo) -> Iterator[Pause]:
    moment = moment_of(at)
    if before is None:
        yield Pause(moment, is_new_day=True)
        return
    passed = at - before
    is_new_day = moment_of(before).astimezone(zone).date() != moment.astimezone(zone).date()
    if passed >= SHORTEST_GAP:
        unit, seconds = _unit(passed)
        yield Pause(moment, is_new_day, unit, int(passed // seconds))
    elif is_new_day:
        yield Pause(moment, is_new_day=True)


def _unit(passed: float) -> tuple[str, int]:
    if passed < _HOUR:
        return "minutes", _MINUTE
    return ("hours", _HOUR) if passed < _DAY else ("days", _DAY)


def _line(event: StoredEvent, user_id: str | None, added: Added) -> Line:
    data, metadata = event.data, event.data.get("metadata") or {}
    is_users = data.get("event") == USER
    buttons = () if is_users else (data.get("data") or {}).get("buttons") or ()
    return Line(
        seq=event.seq,
        at=moment_of(event.at),
        author=USER if is_users else OF_PERSON if metadata.get("author") == PERSON else BOT,
        text=mask_personal(str(data.get("text") or ""), user_id),
        agent=metadata.get("agent"),
        buttons=tuple(mask_personal(str(button.get("title", "")), user_id) for button in buttons),
        understanding=_understanding(event, user_id) if is_users else None,
        corrected=added.corrected.get(event.seq),
        notes=tuple(note for note in added.notes if note.line == event.seq),
    )


def _understanding(event: StoredEvent, user_id: str | None) -> Understanding:
    found = understanding_of(event.data)
    return replace(found, entities=tuple((name, mask_personal(value, user_id)) for name, value in found.entities))


def _is_handoff(event: StoredEvent) -> bool:
    return event.data.get("event") == "slot" and event.data.get("name") == SLOT


def _changes(event: StoredEvent) -> list[Entry]:
    standing = event.data.get("value") or {}
    number = standing.get("number")
    return [
        Changed(line.seq, line.at, line.change, line.agent, line.stars, str(number) if number else None)
        for line in change_lines([HandoffChange(event.seq, event.at, standing)])
        if line.change is not None
    ]


def _add_deeds(entries: list[Entry], deeds: list[Deed]) -> None:
    """Add deeds to the group that is open, or open one."""
    last = entries[-1] if entries else None
    if isinstance(last, Behind):
        entries[-1] = Behind((*last.deeds, *deeds))
    else:
        entries.append(Behind(tuple(deeds)))
