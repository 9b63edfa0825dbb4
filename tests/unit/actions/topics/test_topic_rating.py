"""The bot and the person are rated apart, each once for what they did."""

from __future__ import annotations

import pytest

from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.rating import ActionRate
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()
SOLVED = {"topic": "payment_failure", "outcome": "solved_by_wallet"}
STARS = [("5", "well"), ("4", "well"), ("3", "badly"), ("1", "badly")]


@pytest.mark.parametrize(("stars", "said"), STARS)
async def test_a_rating_is_thanked_for_and_kept(run: Run, conversation: Conversation, stars: str, said: str) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.user_says(stars, intent="rate_service", stars=stars)
    await run(ActionRate(), conversation)

    assert conversation.said == [f"utter_rated_{said}"]
    assert conversation.slots["episode"] == {**SOLVED, "stars": int(stars), "rated": "bot"}


async def test_an_episode_is_rated_once(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = {**SOLVED, "stars": 5}
    conversation.user_says("1 分", intent="rate_service", stars="1")

    assert await run(ActionRate(), conversation) == []
    assert conversation.said == ["utter_rated_already"]


async def test_nothing_is_rated_before_there_was_something_or_while_it_runs(
    run: Run, conversation: Conversation
) -> None:
    conversation.user_says("5 分", intent="rate_service", stars="5")
    await run(ActionRate(), conversation)
    before = conversation.said
    conversation.slots |= {"walkthrough": RUNNING, "episode": SOLVED}
    await run(ActionRate(), conversation)

    assert (before, conversation.said) == (["utter_nothing_to_rate"], ["utter_rate_later"])


@pytest.mark.parametrize("state", ["requested", "queued"])
async def test_who_waits_for_a_person_rates_later(run: Run, conversation: Conversation, state: str) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.hand_off(state)
    conversation.user_says("5 分", intent="rate_service", stars="5")

    assert await run(ActionRate(), conversation) == []
    assert conversation.said == ["utter_rate_later"]


async def test_a_rating_without_stars_is_asked_for_with_five_buttons(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.user_says("我要评价", intent="rate_service")
    await run(ActionRate(), conversation)

    expected = [f'/rate_service{{"stars": "{stars}", "rates": "bot"}}' for stars in range(1, 6)]
    assert conversation.payloads() == expected


@pytest.mark.parametrize(("stars", "said"), STARS)
@pytest.mark.parametrize("state", ["returned", "resolved"])
async def test_the_stars_of_a_person_go_to_the_hand_off_and_not_to_the_bot(
    run: Run, conversation: Conversation, state: str, stars: str, said: str
) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.hand_off(state, agent="李雷")
    conversation.user_says(stars, intent="rate_service", stars=stars, rates="person")
    await run(ActionRate(), conversation)

    assert conversation.said == [f"utter_rated_{said}"]
    handoff = conversation.slots["handoff"]
    assert (handoff["state"], handoff["change"], handoff["stars"]) == ("rated", "rate", int(stars))
    assert conversation.slots["episode"] == SOLVED


async def test_a_person_is_rated_once(run: Run, conversation: Conversation) -> None:
    conversation.hand_off("returned", agent="李雷")
    conversation.user_says("5", intent="rate_service", stars="5", rates="person")
    await run(ActionRate(), conversation)
    conversation.user_says("1", intent="rate_service", stars="1", rates="person")

    assert await run(ActionRate(), conversation) == []
    assert (conversation.said, conversation.slots["handoff"]["stars"]) == (["utter_rated_already"], 5)


async def test_the_bot_can_still_be_rated_after_the_person(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.hand_off("rated", agent="李雷", stars=2)
    conversation.user_says("5", intent="rate_service", stars="5", rates="bot")
    await run(ActionRate(), conversation)

    assert (conversation.slots["episode"]["stars"], conversation.slots["handoff"]["stars"]) == (5, 2)


async def test_typed_stars_are_for_the_person_who_was_of_service_last(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.hand_off("resolved", agent="李雷")
    conversation.user_says("5 分", intent="rate_service", stars="5")
    await run(ActionRate(), conversation)

    assert (conversation.slots["handoff"]["stars"], "stars" in conversation.slots["episode"]) == (5, False)


async def test_typed_stars_are_for_the_bot_when_it_has_just_asked(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.hand_off("resolved", agent="李雷")
    conversation.user_says("可以了")
    conversation.bot_says("utter_ask_rating")
    conversation.user_says("5 分", intent="rate_service", stars="5")
    await run(ActionRate(), conversation)

    assert (conversation.slots["episode"]["stars"], conversation.slots["handoff"]["state"]) == (5, "resolved")


@pytest.mark.parametrize("state", ["cancelled", "case"])
async def test_nobody_is_rated_who_has_not_served(run: Run, conversation: Conversation, state: str) -> None:
    conversation.hand_off(state)
    conversation.user_says("5", intent="rate_service", stars="5", rates="person")

    assert await run(ActionRate(), conversation) == []
    assert conversation.said == ["utter_nothing_to_rate"]


async def test_without_a_hand_off_there_is_no_person_to_rate(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.user_says("5", intent="rate_service", stars="5", rates="person")

    assert await run(ActionRate(), conversation) == []
    assert conversation.said == ["utter_nothing_to_rate"]


async def test_stars_for_a_person_are_asked_for_by_name(run: Run, conversation: Conversation) -> None:
    conversation.hand_off("resolved", agent=None)
    conversation.user_says("我要评价", intent="rate_service")
    await run(ActionRate(), conversation)

    assert conversation.values("utter_ask_rating_person")["agent"] == "同事"
    assert conversation.payloads()[0] == '/rate_service{"stars": "1", "rates": "person"}'
