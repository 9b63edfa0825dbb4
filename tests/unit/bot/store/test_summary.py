"""What the row of a conversation says of its events."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import data, floats, lists, sampled_from
from rasa.shared.core.events import Event, SlotSet

from bot.store.summary import SAMPLES, TOPICS, Summary, confidence_of, intent_of, sample_of, summarise
from tests.architecture.sources import examples
from tests.unit.bot.store.service import ended, walk
from tests.unit.bot.store.talk import (
    answered,
    conversation,
    handed_over,
    kinds_of_turns,
    listened,
    recorded,
    said,
    solved,
    step,
    walkthrough,
    written,
)


def summary_of(*events: Event) -> Summary:
    return summarise([event.as_dict() for event in recorded([list(events)], first_at=100.0)])


def test_first_and_last_activity_are_those_of_the_events() -> None:
    summary = summary_of(said(), answered(), listened())
    assert (summary.first_at, summary.last_at) == (100.0, 102.0)


def test_a_clock_that_was_set_back_moves_no_activity_out_of_the_span() -> None:
    first, second = said().as_dict(), answered().as_dict()
    first["timestamp"], second["timestamp"] = 50.0, 40.0
    summary = summarise([second], summarise([first]))
    assert (summary.first_at, summary.last_at) == (40.0, 50.0)


def test_the_channel_is_that_of_the_newest_message() -> None:
    assert summary_of(said(channel="terminal"), said(channel="widget")).channel == "widget"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_is_the_one_the_conversation_came_to(language: str) -> None:
    assert summary_of(said(), SlotSet("language", "zh"), SlotSet("language", language)).language == language


def test_a_proven_user_is_named_and_a_guest_is_nobody() -> None:
    assert summary_of(said(user_id="chen")).user_id == "chen"
    assert summary_of(said(user_id=None)).user_id is None


def test_a_writer_is_named_once_he_has_confirmed_who_he_is() -> None:
    asked = SlotSet("channel_link", {"id": "link_1", "user_id": None})
    confirmed = SlotSet("channel_link", {"id": "link_1", "user_id": "chen"})
    assert summary_of(said(user_id=None), asked).user_id is None
    assert summary_of(said(user_id=None), asked, said(user_id=None), confirmed).user_id == "chen"


def test_a_message_without_an_identity_leaves_the_user_known() -> None:
    assert summary_of(said(user_id="chen"), said(user_id=None)).user_id == "chen"


@pytest.mark.parametrize("text", ["付款失败", "my payment failed"])
def test_the_topic_is_what_the_user_named_before_a_walkthrough(text: str) -> None:
    assert summary_of(said("你好", "greet"), said(text, "payment_failure")).topic == "payment_failure"


def test_the_newest_topic_named_is_the_topic() -> None:
    assert summary_of(said(intent="ask_fees"), said(intent="login_failure")).topic == "login_failure"


def test_a_walkthrough_gives_topic_and_outcome_and_a_question_on_the_way_changes_neither() -> None:
    running = SlotSet("walkthrough", {"topic": "topup_failure", "step": "wait"})
    summary = summary_of(said(intent="topup_failure"), running, said("手续费?", "ask_fees"))
    assert (summary.topic, summary.outcome) == ("topup_failure", "running")


@pytest.mark.parametrize("outcome", ["solved_by_wallet", "solved_by_user", "waiting", "exhausted", "handed_over"])
def test_the_end_of_a_walkthrough_is_the_outcome(outcome: str) -> None:
    ended = [SlotSet("walkthrough", None), SlotSet("episode", {"topic": "login_failure", "outcome": outcome})]
    summary = summary_of(said(), SlotSet("walkthrough", {"topic": "payment_failure"}), *ended)
    assert (summary.topic, summary.outcome) == ("login_failure", outcome)


def test_a_second_walkthrough_runs_though_the_first_has_ended() -> None:
    first = SlotSet("episode", {"topic": "login_failure", "outcome": "solved_by_user"})
    summary = summary_of(first, SlotSet("walkthrough", {"topic": "payment_failure"}))
    assert (summary.topic, summary.outcome) == ("payment_failure", "running")


def test_the_cause_is_what_the_newest_walkthrough_is_about() -> None:
    assert summary_of(walk("payment_failure", "limit", "card_expired", focus=1)).cause == "card_expired"
    assert summary_of(walk("payment_failure", "limit"), walk("login_failure")).cause is None
    assert summary_of(said(), ended("payment_failure", "waiting", "limit")).cause == "limit"
    assert summary_of(walk("payment_failure", "limit"), SlotSet("walkthrough", None)).cause == "limit"


def test_a_sample_follows_from_the_id_and_is_spread_evenly() -> None:
    draws = [sample_of(f"widget-{number}") for number in range(20_000)]
    assert draws == [sample_of(f"widget-{number}") for number in range(20_000)]
    assert set(draws) <= set(range(SAMPLES))
    tenth = sum(draw < SAMPLES // 10 for draw in draws)
    assert 1_800 < tenth < 2_200
    assert sample_of("half \ud83d pair") in range(SAMPLES)


@pytest.mark.parametrize("stars", [1, 5])
def test_the_rating_is_the_newest_number_of_stars(stars: int) -> None:
    episode = {"topic": "login_failure", "outcome": "solved_by_user"}
    assert summary_of(SlotSet("episode", episode), SlotSet("episode", {**episode, "stars": stars})).rating == stars


def test_a_new_episode_without_a_rating_keeps_the_one_before() -> None:
    rated = {"topic": "login_failure", "outcome": "solved_by_user", "stars": 4}
    unrated = {"topic": "payment_failure", "outcome": "waiting"}
    assert summary_of(SlotSet("episode", rated), SlotSet("episode", unrated)).rating == 4


def handoff(state: str, **more: Any) -> SlotSet:
    """What the slot becomes by a change."""
    return SlotSet("handoff", {"number": "WH-7K3M-Q9TD", "state": state, **more})


def test_the_state_of_the_hand_off_is_that_of_its_newest_change() -> None:
    assert summary_of(said()).handoff_state is None
    assert summary_of(said(), handoff("queued")).handoff_state == "queued"
    assert summary_of(said(), handoff("queued"), handoff("claimed")).handoff_state == "claimed"


@pytest.mark.parametrize("stars", [1, 5])
def test_people_are_rated_apart_from_the_bot(stars: int) -> None:
    episode = {"topic": "login_failure", "outcome": "solved_by_user", "stars": 3}
    summary = summary_of(SlotSet("episode", episode), handoff("resolved"), handoff("rated", stars=stars))
    assert (summary.rating, summary.person_rating) == (3, stars)


def test_a_new_hand_off_keeps_the_rating_of_the_one_before() -> None:
    summary = summary_of(handoff("rated", stars=2), handoff("requested"))
    assert (summary.handoff_state, summary.person_rating) == ("requested", 2)


def test_a_new_session_that_sets_the_slot_anew_changes_nothing() -> None:
    rated = handoff("rated", stars=2)
    assert summary_of(rated, handoff("rated", stars=2)).person_rating == 2


def test_messages_are_counted_by_who_wrote_them() -> None:
    buttons = [{"title": "可以了", "payload": "/step_done"}]
    summary = summary_of(said(), answered(buttons=buttons), answered(text=None), said(None), written(), written())
    assert (summary.user_messages, summary.bot_messages, summary.person_messages) == (2, 2, 2)


def test_a_message_of_a_person_is_not_taken_for_the_bots() -> None:
    assert summary_of(written()).bot_messages == 0


@pytest.mark.parametrize(("text", "best"), [("嗯", "greet"), ("what", "login_failure")])
def test_a_fallback_is_counted_and_as_unsure_as_the_best_real_intent(text: str, best: str) -> None:
    message = said(text, "nlu_fallback", 0.7, ranking=[("nlu_fallback", 0.7), (best, 0.35)])
    summary = summary_of(said(confidence=0.9), message)
    assert (summary.fallbacks, summary.lowest_confidence) == (1, 0.35)
    assert summary.topic == "payment_failure"


def test_a_button_is_as_sure_as_can_be() -> None:
    assert summary_of(said("可以了", "step_done", confidence=1.0)).lowest_confidence == 1.0


def test_a_message_nobody_classified_is_as_unsure_as_can_be() -> None:
    event = {"event": "user", "text": "?", "timestamp": 1.0, "parse_data": None, "metadata": None}
    assert (confidence_of(event), intent_of(event)) == (0.0, None)
    assert summarise([event]).user_messages == 1


def test_the_topics_are_intents_of_both_languages() -> None:
    for language in ("zh", "en"):
        assert set(examples()[language]) >= TOPICS


def test_a_whole_conversation() -> None:
    events = conversation([walkthrough, step, solved, handed_over])
    events += recorded([[handoff("active"), written(), handoff("rated", stars=4)]], first_at=events[-1].timestamp + 1)
    assert summarise([event.as_dict() for event in events]) == Summary(
        first_at=events[0].timestamp,
        last_at=events[-1].timestamp,
        channel="terminal",
        topic="payment_failure",
        outcome="solved_by_user",
        handoff_state="rated",
        person_rating=4,
        user_messages=4,
        bot_messages=2,
        person_messages=1,
        lowest_confidence=0.9,
    )


@given(data(), kinds_of_turns, lists(floats(0, 1e9), min_size=1))
def test_folding_in_two_halves_is_folding_at_once(drawn: Any, kinds: Any, times: list[float]) -> None:
    events = [event.as_dict() for event in conversation([walkthrough, *kinds])]
    for event in events:
        event["timestamp"] = drawn.draw(sampled_from(times))
    half = drawn.draw(sampled_from(range(1, len(events))))
    assert summarise(events[half:], summarise(events[:half])) == summarise(events)
