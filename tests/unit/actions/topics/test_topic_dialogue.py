"""What keeps a conversation going outside and inside a walkthrough."""

from __future__ import annotations

import pytest

from actions.dialogue.walkthrough import Source, Walkthrough
from actions.topics.dialogue import (
    ActionAnswerOutside,
    ActionCancel,
    ActionNotUnderstood,
    ActionRepeat,
    ActionSayGoodbye,
    ActionSetLanguage,
)
from actions.topics.feedback import ActionFileFeedback
from tests.fakes.accounts import NOW
from tests.fakes.conversation import Conversation
from tests.unit.actions.topics.conftest import Run

RUNNING = Walkthrough("payment_failure", NOW, Source.GUEST, steps=("check_limits",)).to_slot()
SOLVED = {"topic": "payment_failure", "outcome": "solved_by_wallet"}


async def test_the_first_time_three_topics_are_offered_the_likeliest_first(
    run: Run, conversation: Conversation
) -> None:
    conversation.user_says("阿巴", intent="nlu_fallback")
    names = ["nlu_fallback", "greet", "ask_fees", "topup_failure", "affirm", "ask_limits", "report_fraud"]
    conversation.events[-1]["parse_data"]["intent_ranking"] = [{"name": name, "confidence": 0.1} for name in names]
    await run(ActionNotUnderstood(), conversation)

    assert conversation.said == ["utter_did_you_mean"]
    assert conversation.payloads() == ["/ask_fees", "/topup_failure", "/ask_limits"]


async def test_the_second_time_in_a_row_a_person_is_offered(run: Run, conversation: Conversation) -> None:
    conversation.user_says("阿巴", intent="nlu_fallback")
    conversation.user_says("阿巴阿巴", intent="nlu_fallback")
    await run(ActionNotUnderstood(), conversation)

    assert (conversation.said, conversation.payloads()) == (["utter_offer_person"], ["/request_human"])


async def test_two_times_with_an_understood_message_between_are_no_row(run: Run, conversation: Conversation) -> None:
    for intent in ("nlu_fallback", "ask_fees", "nlu_fallback"):
        conversation.user_says("阿巴", intent=intent)
    await run(ActionNotUnderstood(), conversation)

    assert conversation.said == ["utter_did_you_mean"]


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("affirm", "utter_glad"),
        ("step_done", "utter_glad"),
        ("deny", "utter_what_else"),
        ("step_failed", "utter_what_fails"),
    ],
)
async def test_an_answer_to_nothing_gets_one(run: Run, conversation: Conversation, intent: str, said: str) -> None:
    conversation.user_says("嗯", intent=intent)
    await run(ActionAnswerOutside(), conversation)

    assert conversation.said == [said]


@pytest.mark.parametrize(("intent", "said"), [("deny", "utter_glad"), ("affirm", "utter_what_fails")])
async def test_an_answer_to_what_else_is_not_asked_the_same_again(
    run: Run, conversation: Conversation, intent: str, said: str
) -> None:
    conversation.user_says("不用", intent="deny")
    conversation.bot_says("utter_what_else")
    conversation.user_says("嗯", intent=intent)
    await run(ActionAnswerOutside(), conversation)

    assert conversation.said == [said]


async def test_still_failing_after_an_episode_offers_to_look_anew(run: Run, conversation: Conversation) -> None:
    conversation.slots["episode"] = SOLVED
    conversation.user_says("还是不行", intent="step_failed")
    await run(ActionAnswerOutside(), conversation)

    assert conversation.said == ["utter_still_failing"]


async def test_cancelling_ends_the_walkthrough_and_closes_the_form(run: Run, conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = RUNNING
    conversation.user_says("算了", intent="cancel")
    events = await run(ActionCancel(), conversation)

    assert conversation.said == ["utter_cancelled"]
    assert {"event": "active_loop", "name": None} in events
    assert (conversation.slots["walkthrough"], conversation.slots["episode"]["outcome"]) == (None, "cancelled")


async def test_there_may_be_nothing_to_cancel(run: Run, conversation: Conversation) -> None:
    conversation.user_says("算了", intent="cancel")
    await run(ActionCancel(), conversation)

    assert conversation.said == ["utter_nothing_to_cancel"]
    assert "episode" not in conversation.slots


async def test_goodbye_leaves_a_walkthrough(run: Run, conversation: Conversation) -> None:
    conversation.slots["walkthrough"] = RUNNING
    conversation.user_says("再见", intent="goodbye")
    await run(ActionSayGoodbye(), conversation)

    assert (conversation.slots["walkthrough"], conversation.slots["episode"]["outcome"]) == (None, "left")


async def test_repeating_outside_a_walkthrough_says_the_last_answer_again(run: Run, conversation: Conversation) -> None:
    conversation.user_says("费用")
    conversation.bot_says("utter_fee", "手续费 6 元")
    conversation.user_says("再说一遍", intent="repeat")
    await run(ActionRepeat(), conversation)

    assert [message["text"] for message in conversation.dispatcher.messages] == ["手续费 6 元"]


@pytest.mark.parametrize(
    ("now", "named", "then"), [("zh", None, "en"), ("en", None, "zh"), ("en", "en", "en"), ("zh", "zh", "zh")]
)
async def test_the_language_is_the_named_one_or_the_other_one(run: Run, now: str, named: str | None, then: str) -> None:
    conversation = Conversation(language=now)
    conversation.user_says("换一种语言", intent="switch_language", **({"named_language": named} if named else {}))
    await run(ActionSetLanguage(), conversation)

    assert conversation.slots["language"] == then


async def test_asking_for_another_language_in_that_language_is_answered_in_it(run: Run) -> None:
    conversation = Conversation(language="zh")
    conversation.user_says("another language please", intent="switch_language")
    conversation.slots["language"] = "en"
    await run(ActionSetLanguage(), conversation)

    assert conversation.slots["language"] == "en"


async def test_feedback_is_kept_with_its_topic_after_what_was_said_before(run: Run, conversation: Conversation) -> None:
    conversation.slots |= {
        "episode": SOLVED,
        "feedback": [{"topic": None, "words": "好用", "at": "2026-03-01T00:00:00Z"}],
    }
    conversation.user_says("太慢了" * 1000, intent="give_feedback")
    await run(ActionFileFeedback(), conversation)
    first, second = conversation.slots["feedback"]

    assert first["words"] == "好用"
    assert (second["topic"], len(second["words"])) == ("payment_failure", 1000)
