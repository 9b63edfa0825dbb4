"""What becomes of an episode in which a person was asked for."""

from __future__ import annotations

from rasa.shared.core.events import Event, SlotSet

from bot.store.episode import Episode
from tests.unit.bot.store.service import (
    NUMBER,
    asks,
    asks_for_a_person,
    begins_again,
    ended,
    ends,
    episodes_of,
    is_claimed,
    is_resolved,
    is_served,
    stands,
    starts,
)
from tests.unit.bot.store.talk import said, written

PAYMENT, LOGIN, OTHER = "payment_failure", "login_failure", "WH-2222-2222"


def one_of(*turns: list[Event]) -> Episode:
    (episode,) = episodes_of(*turns)
    return episode


def has_been(episode: Episode) -> set[str]:
    names = ("asked_at", "queued_at", "case_at", "answered_at", "given_up_at")
    return {name.removesuffix("_at") for name in names if getattr(episode, name) is not None}


def test_from_the_queue_to_the_stars_for_the_person() -> None:
    rated = stands("rated", "rate", answered=True, stars=4)
    served = [*is_claimed(), *is_served(), *is_resolved()]
    episode = one_of(starts(PAYMENT), asks_for_a_person(PAYMENT), served, [said("4", "rate_service"), rated])
    assert has_been(episode) == {"asked", "queued", "answered"}
    assert episode.asked_at < episode.queued_at < episode.answered_at < episode.last_at
    assert (episode.handoff_number, episode.handoff_reason) == (NUMBER, "asked")
    assert (episode.person_messages, episode.person_rating_asked, episode.person_rating) == (2, 1, 4)
    assert (episode.rating_asked, episode.rating) == (0, None)


def test_what_the_user_tells_the_person_is_not_something_new() -> None:
    served = [*is_claimed(), *is_served()]
    assert one_of(starts(LOGIN), asks_for_a_person(LOGIN), served, asks("ask_limits")).topic == LOGIN


def test_a_session_that_begins_while_a_person_serves_does_not_split_it() -> None:
    kept = stands("active", "answer", answered=True)
    served = [*is_claimed(), *is_served()]
    episode = one_of(starts(LOGIN), asks_for_a_person(LOGIN), served, [*begins_again(kept), *asks(), written()])
    assert episode.person_messages == 3


def test_after_the_person_a_report_is_something_new() -> None:
    served = [*is_claimed(), *is_served(), *is_resolved()]
    first, second = episodes_of(starts(LOGIN), asks_for_a_person(LOGIN), served, starts(PAYMENT))
    assert (first.topic, second.topic, has_been(second)) == (LOGIN, PAYMENT, set())


def test_a_case_is_answered_though_the_user_talks_of_something_else_by_then() -> None:
    answer = [stands("case", "answer", answered=True), written("done")]
    first, second = episodes_of(asks_for_a_person(None, then="case"), asks(), answer)
    assert (has_been(first), first.person_messages) == ({"asked", "case", "answered"}, 1)
    assert (has_been(second), second.person_messages) == (set(), 0)
    assert first.last_at > second.last_at


def test_a_case_of_earlier_is_answered_while_the_user_waits_anew() -> None:
    anew = asks_for_a_person("ask_fees", OTHER)
    first, second = episodes_of(asks_for_a_person(None, then="case"), asks(), anew, [written("about the case")])
    assert has_been(first) == {"asked", "case", "answered"}
    assert has_been(second) == {"asked", "queued"}


def test_who_leaves_the_queue_has_given_up() -> None:
    assert has_been(one_of(asks_for_a_person(None), [stands("cancelled", "cancel")])) == {"asked", "queued", "given_up"}


def test_who_asks_again_has_not_given_up() -> None:
    again = asks_for_a_person(None, OTHER)
    episode = one_of(asks_for_a_person(None), [stands("cancelled", "cancel")], again)
    assert (has_been(episode), episode.handoff_number) == ({"asked", "queued"}, OTHER)


def test_a_case_that_is_withdrawn_after_an_answer_was_not_given_up() -> None:
    answer = [stands("case", "answer", answered=True), written("done")]
    withdrawn = [stands("cancelled", "cancel", answered=True)]
    assert has_been(one_of(asks_for_a_person(None, then="case"), answer, withdrawn)) == {"asked", "case", "answered"}


def test_the_first_times_stay() -> None:
    first = one_of(asks_for_a_person(None), [stands("queued", "requeue")])
    assert first.queued_at == one_of(asks_for_a_person(None)).queued_at


def test_a_case_that_is_asked_for_again_later_was_asked_for_in_both_episodes() -> None:
    again = [said("fees", "ask_fees"), *asks_for_a_person(None, then="case")]
    answer = [stands("case", "answer", answered=True), written("done")]
    first, second = episodes_of(asks_for_a_person(None, then="case"), again, answer)
    assert has_been(first) == has_been(second) == {"asked", "case", "answered"}
    assert first.asked_at < second.asked_at
    assert first.case_at < second.case_at
    assert (first.person_messages, second.person_messages) == (0, 1)


def test_a_walkthrough_that_ends_while_its_user_waits_ends_with_the_same_person() -> None:
    # The desk is told more under the same number, and the place in the queue stays.
    told = [said("no", "step_failed"), stands("queued", "queue"), ended(PAYMENT, "handed_over", "limit")]
    first, second = episodes_of(asks_for_a_person(None), starts(PAYMENT), told, [*is_claimed(), *is_served()])
    assert has_been(first) == has_been(second) == {"asked", "queued", "answered"}
    assert (second.handoff_number, second.outcome) == (NUMBER, "handed_over")


def test_a_walkthrough_that_is_broken_off_by_the_person_ends_with_the_person() -> None:
    claimed = [stands("claimed", "claim"), SlotSet("walkthrough", None), ended(PAYMENT, "handed_over")]
    _, second = episodes_of(asks_for_a_person(None), starts(PAYMENT), claimed, is_served())
    assert has_been(second) == {"asked", "queued", "answered"}


def test_what_ends_otherwise_while_its_user_waits_has_no_person() -> None:
    _, second = episodes_of(asks_for_a_person(None), starts(PAYMENT), ends(PAYMENT, "solved_by_user"))
    assert has_been(second) == set()


def test_an_answer_under_way_to_a_case_that_is_asked_for_again_is_no_new_request() -> None:
    answer = [stands("requested", "answer", answered=True), written("done")]
    first, second = episodes_of(asks_for_a_person(None, then="case"), asks(), answer)
    assert "answered" in has_been(first)
    assert has_been(second) == set()


def test_a_person_who_writes_without_a_hand_off_is_counted() -> None:
    assert one_of([said(), written()]).person_messages == 1
    assert episodes_of([written()]) == ()
