"""Questions that need no walkthrough, and small talk."""

from __future__ import annotations

from bot.desk.demo.recorder import in_json
from bot.desk.demo.scene import TOPIC_BUTTONS, Scene
from bot.store.summary import FALLBACK

# What the bot does about an intent, where that is not the response itself.
_ACTIONS = {"ask_fees": "action_ask_fees", "ask_limits": "action_ask_limits"}
_ACTIONS |= {"ask_security": "action_ask_security", "ask_usage": "action_ask_usage"}
_RESPONSES = {
    "ask_usage": "utter_usage",
    "ask_registration": "utter_registration",
    "ask_card_binding": "utter_card_binding",
    "manage_account": "utter_manage_account",
    "ask_refund": "utter_refund",
    "greet": "utter_greet",
    "thank": "utter_welcome",
    "ask_capabilities": "utter_capabilities",
    "ask_bot": "utter_bot",
}
# Of what is not understood the bot could have known so much; else it is asked again and again, or outside of all.
_KNOWN_SHARE = 0.3
_PERSON = [("button_person_please", "request_human")]


def ask(scene: Scene, intent: str, in_form: bool = False) -> None:
    """A question and its answer, without the end of the turn."""
    scene.recorder.say(intent)
    answer(scene, intent, in_form)


def answer(scene: Scene, intent: str, in_form: bool = False) -> None:
    """The bot's answer to a question."""
    responses = _responses(scene, intent)
    scene.recorder.react(_ACTIONS.get(intent, responses[0]), in_form)
    for response in responses:
        scene.utter(response)


def _responses(scene: Scene, intent: str) -> list[str]:
    if intent == "ask_fees":
        known = "utter_fee_with_quota" if scene.is_proven else "utter_fee_with_quota_guest"
        return [known if scene.chance.happens(0.6) else "utter_fee_free"]
    if intent == "ask_limits":
        return ["utter_limits" if scene.is_proven else "utter_limits_guest"]
    if intent == "ask_security":
        missing = "utter_security_missing" if scene.chance.happens(0.7) else "utter_security_complete"
        return ["utter_security", *([missing] if scene.is_proven else [])]
    return [_RESPONSES[intent]]


def talk(scene: Scene, intent: str, seconds: float) -> None:
    """A whole turn of a question or of small talk, after so many seconds."""
    scene.recorder.wait(seconds)
    ask(scene, intent)
    scene.recorder.listen()


def say_goodbye(scene: Scene) -> None:
    """The user goes with a word; outside a walkthrough."""
    recorder = scene.recorder
    recorder.wait(scene.mix["answer_seconds"])
    recorder.say("goodbye")
    recorder.react("action_say_goodbye")
    recorder.utter("utter_goodbye")
    scene.end_of_walkthrough()
    recorder.listen()


def give_feedback(scene: Scene, topic: str | None = None) -> None:
    """Something for the product team."""
    recorder = scene.recorder
    recorder.wait(scene.mix["answer_seconds"])
    recorder.say("give_feedback")
    words = next(event["text"] for event in reversed(recorder.events) if event["event"] == "user")
    recorder.react("action_file_feedback")
    recorder.utter("utter_feedback_filed", [("button_person", "request_human")])
    recorder.slot("feedback", [{"topic": topic, "words": words, "at": in_json(recorder.at)}])
    recorder.listen()


def not_understood(scene: Scene, was_so_before: bool = False, in_form: bool = False) -> None:
    """A line that means nothing to the bot, and its answer, without the end of the turn."""
    recorder = scene.recorder
    recorder.wait(scene.mix["answer_seconds"])
    is_outside = scene.chance.happens(0.3)
    if is_outside:
        recorder.say("out_of_scope")
    elif scene.chance.happens(_KNOWN_SHARE):
        recorder.say(scene.chance.by_weight(scene.mix.questions), taken_for=FALLBACK)
    else:
        recorder.say(FALLBACK, scene.chance.one_of(scene.mix.unknown[recorder.language]))
    recorder.react("action_not_understood", in_form)
    if was_so_before:
        recorder.utter("utter_offer_person", _PERSON)
    else:
        recorder.utter("utter_out_of_scope" if is_outside else "utter_did_you_mean", TOPIC_BUTTONS)
