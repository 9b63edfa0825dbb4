"""What made-up conversations are: in the bot's own shape, told by the project's own words, of every kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.desk.demo.conversation import Made
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.event_text import COLUMNS, EventTexts
from bot.desk.demo.making import Order, make
from bot.desk.demo.mix import Mix
from bot.store.episode_fold import fold
from bot.store.event_row import row_of
from bot.store.event_rows import events_of
from bot.store.summary import FALLBACK, EventData, summarise
from tests.architecture.sources import ROOT
from tests.unit.desk.demo.conftest import UNTIL, ZONE, Play

SMALL = Order(conversations=60, days=20, until=UNTIL, seed=3)


def _events(conversations: list[Made], kind: str) -> Iterator[EventData]:
    return (event for made in conversations for event in made.events if event["event"] == kind)


def _named(conversations: list[Made], kind: str) -> set[Any]:
    return {event["name"] for event in _events(conversations, kind)}


def test_the_same_seed_makes_the_same_conversations(corpus: Corpus, mix: Mix) -> None:
    assert list(make(SMALL, corpus, mix, ZONE)) == list(make(SMALL, corpus, mix, ZONE))


def test_another_seed_makes_others(play: Play) -> None:
    ids = {made.conversation_id for made in play(SMALL)}
    other = {made.conversation_id for made in play(Order(conversations=60, days=20, until=UNTIL, seed=4))}
    assert len(ids) == len(other) == 60
    assert not ids & other


def test_every_conversation_is_marked_as_made_up(conversations: list[Made]) -> None:
    users = {event["metadata"]["identity"]["user_id"] for event in _events(conversations, "user")}
    assert all(made.conversation_id.startswith("demo-") for made in conversations)
    assert None in users
    assert all(user.startswith("demo-") for user in users - {None})


def test_times_rise_and_none_lies_ahead(conversations: list[Made]) -> None:
    for made in conversations:
        times = [event["timestamp"] for event in made.events]
        assert times == sorted(times)
        assert times[-1] < UNTIL


def test_rasa_reads_every_event_and_writes_it_the_same(conversations: list[Made]) -> None:
    for made in conversations[:40]:
        rows = [row_of(made.conversation_id, event) for event in made.events]
        read = [event.as_dict() for event in events_of(row["data"] for row in rows)]
        assert read == made.events


def test_rows_are_those_the_bot_would_write(conversations: list[Made]) -> None:
    texts = EventTexts()
    for made in conversations[:80]:
        for event in made.events:
            expected = row_of(made.conversation_id, event)
            assert dict(zip(COLUMNS, texts.row(made.conversation_id, event), strict=True)) == expected


def test_every_name_is_one_of_the_domain(conversations: list[Made], corpus: Corpus) -> None:
    known = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    actions = {*known["actions"], *known["forms"], *corpus.responses["zh"], "action_listen"}
    slots = {*known["slots"], "requested_slot", "session_started_metadata"}
    known_intents = {name for row in known["intents"] for name in row}
    said = {event["metadata"].get("utter_action") for event in _events(conversations, "bot")} - {None}
    intents = {event["parse_data"]["intent"]["name"] for event in _events(conversations, "user")}
    assert _named(conversations, "action") <= actions
    assert _named(conversations, "slot") <= slots
    assert said <= set(corpus.responses["zh"])
    assert intents <= {*known_intents, FALLBACK}


def test_no_line_has_a_place_that_was_not_filled(conversations: list[Made]) -> None:
    assert not [event["text"] for event in _events(conversations, "bot") if "{" in event["text"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_topic_and_outcome_comes_in_both_languages(conversations: list[Made], language: str) -> None:
    episodes = [episode for made in conversations for episode in fold((), made.events) if episode.language == language]
    assert {"login_failure", "payment_failure", "topup_failure"} <= {episode.topic for episode in episodes}
    ended = {"solved_by_wallet", "solved_by_user", "waiting", "handed_over", "running", None}
    assert ended <= {episode.outcome for episode in episodes}
    assert any(episode.rating for episode in episodes)
    assert any(episode.person_rating for episode in episodes)
    assert any(episode.answered_at for episode in episodes)
    assert any(episode.case_at for episode in episodes)
    assert any(episode.fallbacks for episode in episodes)


def test_a_hand_off_waits_before_a_person_answers(conversations: list[Made]) -> None:
    episodes = [episode for made in conversations for episode in fold((), made.events) if episode.answered_at]
    assert episodes
    assert all(episode.asked_at < episode.answered_at for episode in episodes if episode.asked_at)


def test_the_bad_day_is_one_of_failed_top_ups(play: Play) -> None:
    order = Order(conversations=300, days=4, until=UNTIL, seed=2)
    causes = Counter(summarise(made.events).cause for made in play(order))
    assert causes["channel_down"] > causes["channel_unsupported"] * 3


def test_most_feedback_is_about_a_failure(conversations: list[Made]) -> None:
    filed = [event["value"][-1] for event in _events(conversations, "slot") if event["name"] == "feedback"]
    topics = Counter(entry["topic"] for entry in filed if entry)
    assert topics.total() > topics[None] * 2 > 0


def test_some_users_come_back(conversations: list[Made]) -> None:
    users = Counter(summarise(made.events).user_id for made in conversations)
    users.pop(None)
    assert users.most_common(1)[0][1] > 1


def test_a_mistake_tells_what_the_line_should_have_been_taken_for(conversations: list[Made]) -> None:
    mistakes = [(made.events[place], intent) for made in conversations for place, intent in made.mistakes]
    assert mistakes
    for event, intent in mistakes:
        assert event["event"] == "user"
        assert event["parse_data"]["intent"]["name"] != intent
