"""The table of conversations: what a spreadsheet gets."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.store.review_tables import conversation_tags, reviews
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record, Talk, payment_talk

AT = 1_772_353_000.0  # the first of March 2026, a quarter past four in the afternoon in Shanghai
EXPORTED = EntryFilter(action=Action.EXPORT)


async def table(visitor: Visitor, query: str = "") -> list[dict[str, str]]:
    async with visitor.session.get(f"/conversations.csv{query}") as answer:
        assert answer.status == 200
        source = (await answer.read()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(source, newline="")))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def asked_for_a_person(at: float) -> Talk:
    talk = Talk(at, user_id="user_6043ad4ab4aefd35").user("a person please", "request_human")
    standing = {"number": "WH-7K3M-Q9TD", "reason": "asked", "topic": None}
    talk.slot("handoff", {**standing, "state": "requested", "change": "request"}).wait(89)
    talk.slot("handoff", {**standing, "state": "claimed", "change": "claim", "agent": "Li Lei"})
    return talk.person("Hello").slot("handoff", {**standing, "state": "active", "change": "answer", "agent": "Li Lei"})


async def write(record: Record, *rows: tuple[Any, dict[str, Any]]) -> None:
    def work(connection: Any) -> None:
        for where, values in rows:
            connection.execute(insert(where).values(values))

    await record.database.write(work)


async def test_a_conversation_is_a_row_with_all_that_is_known_of_it(lead: Visitor, record: Record) -> None:
    await record.keep("widget-1", payment_talk(AT))
    tagged = {"conversation_id": "widget-1", "by": "wang", "at": AT}
    await write(
        record,
        (conversation_tags, {**tagged, "tag": "limits"}),
        (conversation_tags, {**tagged, "tag": "bank"}),
        (
            reviews,
            {"conversation_id": "widget-1", "reviewer": "wang", "verdict": "wrong_step", "is_flagged": False, "at": AT},
        ),
    )

    (row,) = await table(lead)

    assert row == {
        "Conversation": "widget-1",
        "First activity (Asia/Shanghai)": "2026-03-01 16:16:41",
        "Last activity (Asia/Shanghai)": row["Last activity (Asia/Shanghai)"],
        "Channel": "widget",
        "Language": "en",
        "Verified user": "no",
        "User (masked)": "",
        "Topic": "payment_failure",
        "Cause": "over_daily_limit",
        "Outcome": "cancelled",
        "Service episodes": "1",
        "Messages of the user": "3",
        "Messages of the bot": "4",
        "Messages of people": "0",
        "Not understood": "0",
        "Lowest confidence": "0.880",
        "Last intent": "cancel",
        "Hand-off number": "",
        "Hand-off reason": "",
        "Hand-off state": "",
        "Seconds to a person": "",
        "Rating of the bot": "",
        "Rating of people": "",
        "Tags": "bank; limits",
        "Verdicts": "wrong_step",
        "Reviewed": "yes",
    }
    assert row["Last activity (Asia/Shanghai)"] > row["First activity (Asia/Shanghai)"]


async def test_a_hand_off_is_told_with_the_time_until_a_person_answered(lead: Visitor, record: Record) -> None:
    await record.keep("widget-1", asked_for_a_person(AT))

    (row,) = await table(lead)

    told = ("Hand-off number", "Hand-off reason", "Hand-off state", "Seconds to a person", "Verified user")
    assert [row[name] for name in told] == ["WH-7K3M-Q9TD", "asked", "active", "91", "yes"]


async def test_the_user_is_masked_everywhere(lead: Visitor, record: Record) -> None:
    await record.keep("widget-1", asked_for_a_person(AT))

    (row,) = await table(lead)

    assert row["User (masked)"] == "••••fd35"
    assert "6043" not in str(row)


async def test_the_file_is_one_that_a_spreadsheet_reads_as_chinese(sign_in: Any, record: Record) -> None:
    visitor = await sign_in(language=Language.ZH)
    await record.keep("widget-1", payment_talk(AT, language="zh"))

    async with visitor.session.get("/conversations.csv") as answer:
        source = await answer.read()

    assert source.startswith("\ufeff会话,首次活动（Asia/Shanghai）,".encode())
    assert source.count(b"\r\n") == source.count(b"\n") == 2
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="conversations-2026-03-01.csv"'
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_cell_that_would_be_a_formula_is_only_a_text(lead: Visitor, record: Record) -> None:
    await record.keep("widget-1", payment_talk(AT))
    tag = {"conversation_id": "widget-1", "by": "wang", "at": AT}
    await write(record, (conversation_tags, {**tag, "tag": '=HYPERLINK("http://evil.example")'}))

    (row,) = await table(lead)

    assert row["Tags"] == """'=HYPERLINK("http://evil.example")"""


async def test_the_rows_are_those_of_the_list_in_its_order(lead: Visitor, record: Record) -> None:
    for number in range(3):
        await record.keep(f"widget-{number}", payment_talk(AT + 1000 * number))
    await record.keep("telegram-1", Talk(AT, channel="telegram").user("hello", "greet"))

    assert [row["Conversation"] for row in await table(lead, "?topic=payment_failure")] == [
        *("widget-2", "widget-1", "widget-0"),
    ]
    assert [row["Conversation"] for row in await table(lead, "?channel=telegram&after=x")] == ["telegram-1"]
    assert await table(lead, "?q=unicorn") == []


@pytest.mark.usefixtures("in_between")
async def test_a_table_of_many_pieces_is_one_table(lead: Visitor, record: Record) -> None:
    for number in range(5):
        await record.keep(f"widget-{number}", payment_talk(AT + 1000 * number))

    assert [row["Conversation"] for row in await table(lead)] == [f"widget-{number}" for number in (4, 3, 2, 1, 0)]


async def test_before_the_bot_has_begun_the_table_has_headings_alone(lead: Visitor) -> None:
    assert await table(lead) == []


async def test_who_took_what_is_kept_without_what_should_not_have_been_typed(
    lead: Visitor, engine: AsyncEngine
) -> None:
    await table(lead, "?topic=ask_fees&q=4111111111111111&after=x")

    (entry,) = (await list_entries(engine, EXPORTED, 10)).items
    assert (entry.agent_name, entry.subject) == (lead.agent.name, "conversations.csv")
    assert entry.detail is not None and "topic=ask_fees" in entry.detail
    assert "4111" not in entry.detail


@pytest.mark.parametrize("name", ["conversations.csv", "conversations.jsonl"])
async def test_a_filter_that_means_nothing_is_refused_and_nothing_taken(
    lead: Visitor, engine: AsyncEngine, name: str
) -> None:
    shown = await lead.get(f"/{name}?rating_min=many")

    assert shown.status == 400
    assert "rating_min" in shown.words
    assert (await list_entries(engine, EXPORTED, 10)).items == ()


@pytest.mark.parametrize("name", ["conversations.csv", "conversations.jsonl"])
async def test_only_leads_take_conversations(sign_in: Any, visit: Any, engine: AsyncEngine, name: str) -> None:
    agent = await sign_in("lilei", "Li Lei", role=Role.AGENT)

    assert (await agent.get(f"/{name}")).status == 403
    async with agent.session.get(f"/{name}", cookies={"desk_session": "x"}, allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await list_entries(engine, EXPORTED, 10)).items == ()
