"""Reads what the bot hands over; whatever is wrong is said with the name of the field."""

from __future__ import annotations

from bot.desk.cases.numbers import is_case_number
from bot.desk.errors import InvalidRequestError
from bot.desk.fields import Fields
from bot.desk.handoffs.packet import Finding, Language, Packet, Reason, Step, Transcript

LONGEST_ID = 128
LONGEST_CODE = 64
LONGEST_OUTCOME = 200
LONGEST_LAST_WORDS = 500


def read_packet(body: object) -> Packet:
    """Read what the bot hands over."""
    fields = Fields(body)
    return Packet(
        number=_case_number(fields),
        conversation_id=fields.text("conversation_id", LONGEST_ID),
        channel=fields.text("channel", LONGEST_CODE),
        language=fields.choice("language", Language),
        user_id=fields.optional_text("user_id", LONGEST_ID),
        topic=fields.optional_text("topic", LONGEST_CODE),
        reason=fields.choice("reason", Reason),
        requested_at=fields.moment("requested_at"),
        findings=tuple(_finding(finding) for finding in fields.children("findings")),
        steps=tuple(_step(step) for step in fields.children("steps")),
        facts=fields.any_object("facts"),
        transcript=_transcript(fields.child("transcript")),
        last_words=fields.text("last_words", LONGEST_LAST_WORDS, shortest=0),
    )


def _case_number(fields: Fields) -> str:
    number = fields.text("number", LONGEST_CODE)
    if not is_case_number(number):
        raise InvalidRequestError("number", "must be a case number such as WH-7K3M-Q9TD")
    return number


def _finding(fields: Fields) -> Finding:
    return Finding(cause=fields.text("cause", LONGEST_CODE), values=fields.any_object("values"))


def _step(fields: Fields) -> Step:
    return Step(
        step=fields.text("step", LONGEST_CODE),
        outcome=fields.text("outcome", LONGEST_OUTCOME),
        at=fields.moment("at"),
    )


def _transcript(fields: Fields) -> Transcript:
    return Transcript(
        conversation_id=fields.text("conversation_id", LONGEST_ID),
        until=fields.moment("until"),
    )
