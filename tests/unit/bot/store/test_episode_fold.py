"""What counts as one thing that a user came for, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from
from rasa.shared.core.events import Event, SlotSet

from bot.store.episode import Episode
from bot.store.episode_fold import fold
from bot.store.summary import summarise
from tests.unit.bot.store.service import (
    DAY,
    START,
    asks,
    asks_for_a_person,
    begins_again,
    ended,
    ends,
    episodes_of,
    is_claimed,
    is_resolved,
    is_served,
    rates,
    starts,
)
from tests.unit.bot.store.talk import answered, listened, recorded, said, session, turn, written

PAYMENT, LOGIN = "payment_failure", "login_failure"


def topics(*turns: list[Event]) -> list[str | None]:
    return [episode.topic for episode in episodes_of(session(), *turns)]


def test_a_walkthrough_from_its_report_to_its_rating_is_one_episode() -> None:
    (episode,) = episodes_of(
        [*session(), *starts(PAYMENT, "card_balance", channel="widget", user_id="chen"), SlotSet("language", "en")],
        asks("ask_fees"),
        ends(PAYMENT, "solved_by_wallet", "card_balance"),
        rates(PAYMENT, "solved_by_wallet", 5),
        turn("thanks", "thank"),
    )
    assert episode == Episode(
        number=1,
        started_at=START + len(session()),
        last_at=episode.last_at,
        channel="terminal",
        language="zh",
        user_id="chen",
        topic=PAYMENT,
        cause="card_balance",
        outcome="solved_by_wallet",
        user_messages=5,
        bot_messages=5,
        rating_asked=1,
        rating=5,
    )


def test_it_begins_with_a_message_of_the_user() -> None:
    assert episodes_of(session(), [answered("welcome"), listened()]) == ()
    (episode,) = episodes_of([answered("welcome")], [said("hi", "greet")], [answered()])
    assert (episode.started_at, episode.last_at, episode.bot_messages) == (START + 1, START + 2, 1)


def test_small_talk_is_an_episode_without_a_topic() -> None:
    assert topics(turn(), turn("thanks", "thank")) == [None]


def test_who_greets_first_names_the_topic_later() -> None:
    assert topics(turn(), starts(PAYMENT)) == [PAYMENT]


def test_one_question_after_the_other_are_two_episodes_and_the_same_one_again_is_not() -> None:
    assert topics(asks("ask_fees"), asks("ask_fees"), asks("ask_limits")) == ["ask_fees", "ask_limits"]


def test_a_question_before_a_report_is_an_episode_of_its_own() -> None:
    assert topics(asks("ask_fees"), starts(PAYMENT)) == ["ask_fees", PAYMENT]


def test_what_is_asked_within_a_walkthrough_belongs_to_it() -> None:
    assert topics(starts(PAYMENT), asks("ask_fees"), ends(PAYMENT, "waiting")) == [PAYMENT]


def test_a_walkthrough_that_goes_over_to_another_topic_is_about_that_one() -> None:
    (episode,) = episodes_of(starts(PAYMENT, "card_balance"), starts(LOGIN))
    assert (episode.topic, episode.cause, episode.outcome) == (LOGIN, None, "running")


@pytest.mark.parametrize("focus", [0, 1])
def test_the_cause_is_that_of_the_finding_the_walkthrough_is_at(focus: int) -> None:
    findings = [{"cause": "limit"}, {"cause": "card_expired"}]
    slot = SlotSet("walkthrough", {"topic": PAYMENT, "findings": findings, "focus": focus})
    (episode,) = episodes_of([said(), slot])
    assert episode.cause == findings[focus]["cause"]


def test_a_walkthrough_that_ends_where_it_begins_tells_topic_and_cause_by_its_end() -> None:
    (episode,) = episodes_of([said("fraud", "report_fraud"), ended("report_fraud", "handed_over", "fraud_reported")])
    assert (episode.topic, episode.cause, episode.outcome) == ("report_fraud", "fraud_reported", "handed_over")


@pytest.mark.parametrize("outcome", ["solved_by_wallet", "solved_by_user", "waiting", "cancelled", "left"])
@pytest.mark.parametrize("topic", [PAYMENT, LOGIN])
def test_a_report_after_the_end_is_a_new_episode_of_the_same_topic_too(outcome: str, topic: str) -> None:
    first, second = episodes_of(starts(PAYMENT), ends(PAYMENT, outcome), starts(topic))
    assert (first.outcome, second.number, second.topic, second.outcome) == (outcome, 2, topic, "running")
    assert first.returned == (topic == PAYMENT)


def test_a_person_asked_for_after_the_end_belongs_to_what_has_ended() -> None:
    (episode,) = episodes_of(starts(PAYMENT), ends(PAYMENT, "solved_by_user"), asks_for_a_person(PAYMENT))
    assert (episode.outcome, episode.topic) == ("handed_over", PAYMENT)
    assert episode.asked_at is not None


def test_a_person_asked_for_after_a_question_leaves_that_its_topic() -> None:
    asked = asks_for_a_person(PAYMENT)
    first, second = episodes_of(starts(PAYMENT, "limit"), ends(PAYMENT, "solved_by_user"), asks(), asked)
    assert (first.outcome, first.asked_at) == ("solved_by_user", None)
    assert (second.topic, second.cause, second.outcome) == ("ask_fees", None, "handed_over")


def test_a_new_session_is_a_new_episode_and_what_it_tells_once_more_is_no_news() -> None:
    talk = [*starts(PAYMENT), *asks_for_a_person(PAYMENT), *is_claimed(), *is_served(), *is_resolved()]
    kept = next(event for event in reversed(talk) if isinstance(event, SlotSet) and event.key == "handoff")
    first, second = episodes_of(talk, [*begins_again(kept, "en"), *turn()[:1]])
    assert (first,) == episodes_of(talk)
    assert (second.topic, second.language, second.handoff_number, second.asked_at) == (None, "en", None, None)


def test_who_is_known_and_speaks_a_language_stays_so_in_the_next_episode() -> None:
    known = [said("fees", "ask_fees", user_id="chen", channel="widget"), SlotSet("language", "en")]
    _, second = episodes_of(known, [said("limits", "ask_limits", channel="widget")])
    assert (second.user_id, second.language, second.channel) == ("chen", "en", "widget")


def test_messages_are_counted_by_who_wrote_them_and_fallbacks_among_them() -> None:
    (episode,) = episodes_of([said("?", "nlu_fallback"), answered(), said("hm", "nlu_fallback"), answered(), said()])
    assert (episode.user_messages, episode.bot_messages, episode.fallbacks) == (3, 2, 2)


def test_only_messages_are_activity() -> None:
    (episode,) = episodes_of([said(), answered(), SlotSet("feedback", []), listened()])
    assert episode.last_at == START + 1


def test_a_clock_that_was_set_back_leaves_the_last_activity() -> None:
    late, early = said().as_dict(), said().as_dict()
    late["timestamp"], early["timestamp"] = START + 9, START
    assert [episode.last_at for episode in fold((), [late, early])] == [START + 9]


def test_late_stars_are_for_the_walkthrough_that_they_rate() -> None:
    first, second = episodes_of(
        starts(PAYMENT), ends(PAYMENT, "solved_by_user"), asks(), rates(PAYMENT, "solved_by_user", 2)
    )
    assert (first.rating, second.rating) == (2, None)
    assert (first.outcome, second.outcome) == ("solved_by_user", None)


def test_a_rating_asked_for_later_is_that_of_what_has_ended() -> None:
    asked = [said("rate", "rate_service"), answered("1-5", "utter_ask_rating")]
    first, second = episodes_of(starts(PAYMENT), ends(PAYMENT, "waiting"), asks(), asked)
    assert (first.rating_asked, second.rating_asked) == (1, 0)


@pytest.mark.parametrize(("later", "has_returned"), [(60.0, 1), (DAY - 60, 1), (DAY + 60, 0)])
def test_who_comes_back_within_a_day_with_the_same_has_not_been_helped(later: float, has_returned: int) -> None:
    first = fold((), [event.as_dict() for event in recorded([starts(PAYMENT), ends(PAYMENT, "solved_by_user")])])
    again = [begins_again(), starts(PAYMENT)]
    now = fold(first, [event.as_dict() for event in recorded(again, first[0].last_at + later)])
    assert [episode.returned for episode in now] == [has_returned, 0]


def test_who_comes_back_with_something_else_has_not_come_back() -> None:
    assert [episode.returned for episode in episodes_of(asks("ask_fees"), asks("ask_limits"))] == [0, 0]


def test_a_writer_is_named_once_he_has_confirmed_who_he_is() -> None:
    asked = SlotSet("channel_link", {"id": "link_1", "user_id": None})
    confirmed = SlotSet("channel_link", {"id": "link_1", "user_id": "chen"})
    (unknown,) = episodes_of([*starts(PAYMENT), asked])
    (known,) = episodes_of([*starts(PAYMENT), asked], [*turn(), confirmed])
    assert (unknown.user_id, known.user_id) == (None, "chen")


def test_a_message_nobody_classified_is_a_message() -> None:
    event = {"event": "user", "text": "?", "timestamp": START, "parse_data": None, "metadata": None}
    (episode,) = fold((), [event])
    assert (episode.user_messages, episode.topic, episode.user_id) == (1, None, None)


_TURNS = [
    *[turn(), asks("ask_fees"), asks("ask_limits"), starts(PAYMENT, "limit"), starts(LOGIN), begins_again() + turn()],
    *[ends(PAYMENT, "solved_by_user"), ends(LOGIN, "waiting"), rates(PAYMENT, "solved_by_user", 4)],
    *[asks_for_a_person(PAYMENT), asks_for_a_person(None, "WH-2"), is_claimed(), is_served(), is_resolved()],
    *[[said("?", "nlu_fallback"), answered()], [written("an answer to a case")]],
]


@given(lists(sampled_from(_TURNS), min_size=2, max_size=25))
def test_folding_turn_by_turn_is_folding_at_once_and_leaves_no_message_out(turns: list[list[Event]]) -> None:
    turns = [asks(), *turns]
    now: tuple[Episode, ...] = ()
    summary: Any = None
    for events in turns:
        data = [event.as_dict() for event in events]
        now = fold(now, data, summary.handoff_state if summary else None)
        summary = summarise(data, summary)
    assert now == fold((), [event.as_dict() for events in turns for event in events])
    assert [episode.number for episode in now] == list(range(1, len(now) + 1))
    for name in ("user_messages", "bot_messages", "person_messages", "fallbacks"):
        assert sum(getattr(episode, name) for episode in now) == getattr(summary, name)
