"""The events of conversations, one a line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.export import lines
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record, Talk, payment_talk

AT = 1_772_353_000.0
USER = "user_6043ad4ab4aefd35"


async def taken(visitor: Visitor, query: str = "") -> list[dict[str, Any]]:
    async with visitor.session.get(f"/conversations.jsonl{query}") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/x-ndjson; charset=utf-8"
        source = await answer.text()
    assert source == "" or source.endswith("\n")
    return [json.loads(line) for line in source.splitlines()]


async def test_every_event_is_a_line_in_its_order(lead: Visitor, record: Record) -> None:
    talk = payment_talk(AT)
    await record.keep("widget-1", talk)

    got = await taken(lead)

    assert [line["type"] for line in got] == [event["event"] for event in talk.events]
    assert [line["seq"] for line in got] == sorted(line["seq"] for line in got)
    assert {line["conversation_id"] for line in got} == {"widget-1"}
    assert got[0] == {
        "conversation_id": "widget-1",
        "seq": got[0]["seq"],
        "at": "2026-03-01T08:16:41Z",
        "type": "user",
        "author": "user",
        "text": "my payment of 500 failed",
        "channel": "widget",
        "language": "en",
        "intent": "payment_failure",
        "confidence": 0.88,
        "ranking": [
            {"name": "payment_failure", "confidence": 0.88},
            {"name": "transfer_failure", "confidence": 0.06},
            {"name": "topup_failure", "confidence": 0.02},
        ],
        "entities": [{"amount": "500"}],
    }


async def test_half_of_a_surrogate_pair_ends_nothing(lead: Visitor, record: Record) -> None:
    await record.keep("widget-1", Talk(AT).user("付款 \ud83d", "ask_fees"))

    assert (await taken(lead))[0]["text"] == "付款 \ud83d"


@pytest.mark.usefixtures("in_between")
@pytest.mark.parametrize("most", [3, 1000])
async def test_conversations_of_many_pieces_come_whole_and_once(
    lead: Visitor, record: Record, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(lines, "EVENTS", most)
    talks = {f"widget-{number}": payment_talk(AT + 1000 * number) for number in range(3)}
    for name, talk in talks.items():
        await record.keep(name, talk)

    got = await taken(lead)

    assert len({line["seq"] for line in got}) == len(got) == sum(len(talk.events) for talk in talks.values())
    for name, talk in talks.items():
        assert [line["type"] for line in got if line["conversation_id"] == name] == [
            event["event"] for event in talk.events
        ]


async def test_the_conversations_are_those_of_the_list_and_it_is_kept_who_took_them(
    lead: Visitor, record: Record, engine: AsyncEngine
) -> None:
    await record.keep("widget-1", payment_talk(AT))
    await record.keep("widget-2", payment_talk(AT, user_id=USER))

    assert {line["conversation_id"] for line in await taken(lead, "?verified=yes")} == {"widget-2"}
    (entry,) = (await list_entries(engine, EntryFilter(action=Action.EXPORT), 10)).items
    assert (entry.subject, entry.detail) == ("conversations.jsonl", "verified=yes")
