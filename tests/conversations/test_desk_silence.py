"""While a person serves the bot is silent and records; afterwards it goes on by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.visitors import buttons
from tests.conversations.wording import names_of, says
from tests.stack.switchboard import HUMAN, Connection, Switchboard
from tests.stack.web import call
from tests.stack.widget import WidgetConversation, new_id

pytestmark = pytest.mark.conversation

HELLO = {"zh": "你好", "en": "hello"}
AGAIN = {"zh": "再说一遍", "en": "say that again"}
PAYMENT_FAILED = {"zh": "付款失败了", "en": "my payment failed"}
STILL_FAILING = {"zh": "还是不行", "en": "still failing"}
SAID_BY_PERSON = {"zh": "额度明天恢复", "en": "your limit is back tomorrow"}
# Whatever the bot would otherwise answer: every kind of intent, commands, signs, another language.
TYPED = {
    "zh": "你好 人工 付款失败了 手续费多少 不等了 5分 好的 不用 再说一遍 谢谢 再见 ？？？".split(),
    "en": "hello|human|my payment failed|what are the fees|cancel|5 stars|yes|no thanks|thanks|bye|???".split("|"),
}
COMMANDS = ["/restart", "/session_start", "/request_human", '/rate_service{"stars": "5"}', "😀", "a\0b", "\ud83d"]
SECRETS = {"zh": "我的密码是 hunter2-hunter2", "en": "my password is hunter2-hunter2"}


def said_to(guest: WidgetConversation, text: str) -> list[dict[str, Any]]:
    """What is said after a message."""
    return guest.messages(guest.send(text))


@pytest.fixture(params=[("claim",), ("claim", "answer"), ("claim", "hold")], ids=["claimed", "active", "on hold"])
def served(request: pytest.FixtureRequest, connection: Connection) -> Connection:
    """A user with a person, in each of the states of that, in both languages."""
    return connection.go(*request.param)


def test_nothing_that_is_typed_is_answered_and_all_of_it_is_kept(served: Connection) -> None:
    typed = [*TYPED[served.language], *COMMANDS]
    seen = served.guest.messages()[-1]["seq"]
    state = served.state
    for text in typed:
        served.guest.send(text)
    messages = served.guest.messages(seen)
    assert [message["author"] for message in messages] == ["user"] * len(typed)
    assert [message["text"].replace("\uff0f", "/") for message in messages] == typed
    assert served.state == state


def test_what_is_not_answered_has_no_time_of_an_answer(served: Connection, switchboard: Switchboard) -> None:
    figures = call("GET", f"{switchboard.url}/metrics").expect(200)
    before = [line for line in str(figures).splitlines() if line.startswith("bot_turn_seconds_count")]
    served.guest.send("？？？")
    figures = call("GET", f"{switchboard.url}/metrics").expect(200)
    assert before == [line for line in str(figures).splitlines() if line.startswith("bot_turn_seconds_count")]
    assert before


def test_no_button_is_answered_either(switchboard: Switchboard, language: str) -> None:
    guest = WidgetConversation(switchboard.url, language=language)
    old = buttons(guest.say(PAYMENT_FAILED[language]))
    guest.send(HUMAN[language])
    connection = Connection(switchboard.api, guest, switchboard.number_of(guest), language).go("claim")
    openings = guest.opened["choices"][language]
    tokens = [*(button["token"] for button in old.values() if not button["answers"]), *openings.values()]
    seen = guest.messages()[-1]["seq"]
    for token in tokens:
        guest.tap(token).expect(202)
    assert [message["author"] for message in guest.messages(seen)] == ["user"] * len(tokens)
    assert connection.state == "claimed"


def test_an_answer_to_the_bots_last_question_goes_to_the_person(connection: Connection) -> None:
    asked = buttons(connection.guest.say(PAYMENT_FAILED[connection.language]))
    connection.go("claim")
    answer = next(button for button in asked.values() if button["answers"])
    assert connection.guest.messages(connection.guest.tap(answer["token"]).expect(202)["seq"]) == []


def test_a_secret_is_cut_out_and_warned_of_also_while_a_person_serves(served: Connection) -> None:
    (warned,) = said_to(served.guest, SECRETS[served.language])
    assert says([warned["text"]], "utter_secret_password", served.language), names_of(warned["text"])
    assert "hunter2" not in str(served.guest.messages())


def test_a_message_sent_again_is_recorded_once(served: Connection) -> None:
    message_id, seen = new_id(), served.guest.messages()[-1]["seq"]
    seqs = {served.guest.send(HELLO[served.language], message_id) for _ in range(3)}
    assert len(seqs) == 1
    assert len(served.guest.messages(seen)) == 1


@pytest.mark.parametrize("end", ["return", "resolve", "defer", "requeue"])
def test_after_the_person_the_bot_answers_at_once_and_once(connection: Connection, end: str) -> None:
    language, guest = connection.language, connection.guest
    connection.go("claim", "answer")
    for text in TYPED[language]:
        guest.send(text)
    connection.change(end, **({"why": None} if end == "defer" else {})).expect(200)
    (greeting,) = said_to(guest, HELLO[language])
    assert says([greeting["text"]], "utter_greet", language), names_of(greeting["text"])


def test_what_was_said_meanwhile_is_not_answered_afterwards(connection: Connection) -> None:
    connection.go("claim")
    connection.guest.send(PAYMENT_FAILED[connection.language])
    seen = connection.guest.messages()[-1]["seq"]
    connection.go("return")
    told = [names_of(message["text"]) for message in connection.guest.messages(seen)]
    assert ["utter_handoff_return" in names[0] for names in told] == [True, False]
    assert not [names for names in told if any("payment" in name for name in names)]


def test_what_the_person_said_can_be_heard_again_from_the_bot(connection: Connection) -> None:
    language, guest = connection.language, connection.guest
    connection.go("claim")
    guest.send(HELLO[language])
    connection.write(SAID_BY_PERSON[language]).expect(200)
    connection.go("return")
    (again,) = said_to(guest, AGAIN[language])
    assert says([again["text"]], "utter_person_said", language), names_of(again["text"])
    assert SAID_BY_PERSON[language] in again["text"]


def test_the_bot_tells_at_once_what_the_person_said_last(connection: Connection) -> None:
    connection.go("claim", "answer")
    connection.write(SAID_BY_PERSON[connection.language]).expect(200)
    seen = connection.guest.messages()[-1]["seq"]
    connection.go("return")
    told = [message["text"] for message in connection.guest.messages(seen)]
    assert says(told[1:2], "utter_person_said", connection.language)
    assert SAID_BY_PERSON[connection.language] in told[1]


def test_a_walkthrough_begun_in_the_queue_ends_with_the_claim(connection: Connection) -> None:
    language, guest = connection.language, connection.guest
    (*_, asked) = said_to(guest, PAYMENT_FAILED[language])
    assert says([asked["text"]], "utter_step_check_card_balance", language)
    connection.go("claim")
    assert said_to(guest, STILL_FAILING[language]) == []
    connection.go("return")
    (greeting,) = said_to(guest, HELLO[language])
    assert says([greeting["text"]], "utter_greet", language), names_of(greeting["text"])


def test_a_walkthrough_goes_on_in_the_queue(connection: Connection) -> None:
    language, guest = connection.language, connection.guest
    said_to(guest, PAYMENT_FAILED[language])
    connection.change("move", position=1, wait=None).expect(200)
    (*_, asked) = said_to(guest, STILL_FAILING[language])
    assert says([asked["text"]], "utter_step_check_card_details", language), names_of(asked["text"])
    assert connection.state == "queued"


def test_who_asks_again_in_the_queue_hears_where_he_stands(switchboard: Switchboard, connection: Connection) -> None:
    asked = len(switchboard.desk.packets)
    (told,) = said_to(connection.guest, HUMAN[connection.language])
    assert says([told["text"]], "utter_handoff_queued", connection.language)
    assert len(switchboard.desk.packets) == asked


def test_after_the_end_a_person_can_be_asked_for_again(switchboard: Switchboard, connection: Connection) -> None:
    connection.go("claim", "answer", "return")
    (told,) = said_to(connection.guest, HUMAN[connection.language])
    assert says([told["text"]], "utter_handoff_queued", connection.language)
    second = Connection(switchboard.api, connection.guest, switchboard.number_of(connection.guest), connection.language)
    assert second.number != connection.number
    second.go("claim")
    assert said_to(connection.guest, HELLO[connection.language]) == []


def test_no_dots_of_the_bot_are_shown_while_a_person_serves(served: Connection) -> None:
    with served.guest.stream(after=served.guest.messages()[-1]["seq"]) as events:
        next(events)
        served.guest.send(HELLO[served.language])
        served.write("在的").expect(200)
        shown = []
        for event in events:
            shown.append(event)
            if event.kind == "message" and event.data["author"] == "person":
                break
    assert not [event for event in shown if event.kind == "typing"]
