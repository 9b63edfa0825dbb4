"""What a hand-off changes in the episodes of its conversation. Pure.

It belongs to the episode in which it was asked for; one that is asked for again under its number, or in which somebody
already waits for it, shares it. What then happens to it happens to all of them.
"""

from __future__ import annotations

from typing import Any

from bot.handoff.states import Change, State
from bot.store.changed import changed
from bot.store.episode import Episode

# The first time that a state is entered is kept here.
_FIRST = {State.QUEUED.value: "queued_at", State.CASE.value: "case_at", State.CANCELLED.value: "given_up_at"}


def take(episodes: list[Episode], standing: dict[str, Any], at: float, is_open: bool) -> None:
    """Give the last episode a hand-off that is new, or is asked for again in it.

    A session that begins tells once more how the hand-off stands; then the last episode is not open, and it is no news.
    """
    number, last = standing["number"], episodes[-1]
    is_known = any(episode.handoff_number == number for episode in episodes)
    is_asked = standing.get("change") == Change.REQUEST.value
    if is_known and not (is_open and is_asked):
        return
    episodes[-1] = changed(
        last,
        handoff_number=number,
        handoff_reason=standing.get("reason") or last.handoff_reason,
        asked_at=last.asked_at or at,
        given_up_at=None,
    )


def stand(episodes: list[Episode], standing: dict[str, Any], at: float) -> None:
    """A hand-off stands so now: when it came to that, and the stars for the person."""
    holders = [place for place, episode in enumerate(episodes) if episode.handoff_number == standing["number"]]
    for place in holders:
        episodes[place] = _stood(episodes[place], standing, at)
    if holders and standing.get("stars"):
        episodes[holders[-1]] = changed(episodes[holders[-1]], person_rating=int(standing["stars"]))


def _stood(episode: Episode, standing: dict[str, Any], at: float) -> Episode:
    if standing.get("answered") or standing.get("change") == Change.ANSWER.value:
        episode = changed(episode, answered_at=episode.answered_at or at)
    name = _FIRST.get(standing["state"])
    # What is withdrawn after it was answered was not given up.
    if name is None or (name == "given_up_at" and episode.answered_at is not None):
        return episode
    first: dict[str, Any] = {name: getattr(episode, name) or at}
    return changed(episode, **first)


def join(episodes: list[Episode], at: float) -> None:
    """The last episode ended with a person: with the one for whom somebody waits already, if it asked for none."""
    last = episodes[-1]
    if last.handoff_number is not None:
        return
    asked = next((episode for episode in reversed(episodes) if episode.handoff_number is not None), None)
    if asked is None:
        return
    is_queued = asked.queued_at is not None and asked.case_at is None and asked.answered_at is None
    episodes[-1] = changed(
        last,
        handoff_number=asked.handoff_number,
        handoff_reason=asked.handoff_reason,
        asked_at=at,
        queued_at=at if is_queued else None,
    )


def write_to(episodes: list[Episode], at: float) -> None:
    """A person has written a line. It bears no number: it is about what a person has taken up, or was asked for."""
    if not episodes:
        return
    numbers = [episode.handoff_number for episode in episodes]
    newest = next((number for number in reversed(numbers) if number is not None), None)
    holders = [place for place, number in enumerate(numbers) if number is not None and number == newest]
    if not any(episodes[place].answered_at for place in holders):
        # A first answer is told by the slot before its line: without that it is one to a case of earlier.
        of_case = [place for place, episode in enumerate(episodes) if _is_case_but(newest, episode)]
        holders = of_case[-1:] or holders
    for place in holders:
        episodes[place] = changed(episodes[place], answered_at=episodes[place].answered_at or at)
    place = holders[-1] if holders else len(episodes) - 1
    told = episodes[place]
    episodes[place] = changed(told, person_messages=told.person_messages + 1, last_at=max(told.last_at, at))


def _is_case_but(number: str | None, episode: Episode) -> bool:
    return episode.case_at is not None and episode.handoff_number != number
