"""The page of one conversation, over HTTP: what is shown, what is masked, what leads add, what is kept of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from yarl import URL

from bot.desk.agents.payloads import Role
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.pages.notes import MOST_TAGS
from bot.store.lines import MESSAGES
from bot.store.review_tables import corrections, reviews
from tests.integration.desk.pages.visitor import Shown, Visitor
from tests.integration.desk.review.talk import Record, Talk, payment_talk

USER_ID, TRANSACTION, PHONE = "user-77c41d9e20", "pay_6043ad4ab4aefd35", "13812345678"


@pytest.fixture
def at(clock: Any) -> float:
    """A day and an hour before the desk's now."""
    return float(clock().timestamp()) - 90_000


async def kept(engine: AsyncEngine, action: Action) -> list[tuple[str | None, str | None, str | None]]:
    found = await list_entries(engine, EntryFilter(action=action), 20)
    return [(entry.agent_name, entry.subject, entry.detail) for entry in found.items]


def lines_in(page: Shown) -> list[int]:
    return [int(seq) for seq in re.findall(r'data-role="line" data-seq="(\d+)"', page.html)]


async def test_who_is_no_lead_reads_nothing(sign_in: Any, record: Record, at: float, engine: AsyncEngine) -> None:
    (seq, *_) = await record.keep("c-1", payment_talk(at))
    agent = await sign_in("lilei", "Li Lei", Role.AGENT)

    paths = ("", "/lines", "/reveal", f"/lines/{seq}/notes")
    assert [(await agent.get(f"/conversations/c-1{path}")).status for path in paths] == [403] * 4
    assert (await agent.post("/conversations/c-1/reveal", reason="to look")).status == 403
    assert (await agent.post("/conversations/c-1/notes", note="mine")).status == 403
    assert (await agent.post("/conversations/c-1/tags", tag="mine")).status == 403
    assert await kept(engine, Action.READ_CONVERSATION) == []


async def test_an_unknown_conversation_is_not_found(lead: Visitor) -> None:
    page = await lead.get("/conversations/nobody")

    assert page.status == 404
    assert "no such conversation" in page.words


async def test_a_name_that_is_no_plain_word_leads_where_it_should(lead: Visitor, record: Record, at: float) -> None:
    name = "wx/张三?1#2%41"
    await record.keep(name, payment_talk(at))
    links = set(re.findall(r'href="(/conversations/[^"?#]+)', (await lead.get("/conversations")).html))

    assert len(links) == 1
    page = await lead.get(URL(links.pop(), encoded=True))
    assert page.status == 200
    assert f'data-conversation="{name}"' in page.words
    asked = re.findall(r'(?:href|hx-get|data-share)="(/conversations/[^"]+)', page.html)
    assert {(await lead.get(URL(unescape(path), encoded=True))).status for path in asked} == {200}


async def test_lines_stand_in_order_with_how_they_were_understood(lead: Visitor, record: Record, at: float) -> None:
    seqs = await record.keep("c-1", payment_talk(at).person("I look at it.", "Li Lei"))

    page = await lead.get("/conversations/c-1")

    assert lines_in(page) == seqs
    first = page.words.split('data-role="understood"')[1].split("</li>")[0]
    for words in ("Payment failed", "88%", "Transfer failed", "6%", "Amount", "500", "English"):
        assert words in first
    assert "I look at it." in page.words
    assert 'data-author="person"' in page.html


async def test_a_line_that_was_not_understood_is_marked_and_what_it_might_have_been_told(
    lead: Visitor, record: Record, at: float
) -> None:
    await record.keep("c-1", Talk(at).not_understood("the thingy", ("ask_usage", 0.41)).press("Fees", "ask_fees"))

    page = await lead.get("/conversations/c-1")

    assert page.html.count('data-role="fallback"') == 1
    assert "41%" in page.words
    assert "button pressed" in page.words
    # What a button means needs no correction.
    assert page.html.count('data-role="correct"') == 1


async def test_days_silences_and_episodes_are_told(lead: Visitor, record: Record, at: float) -> None:
    talk = payment_talk(at).wait(3 * 3600).user("what does it cost", "ask_fees").wait(30 * 3600)
    await record.keep("c-1", talk.user("thanks", "thank"))

    page = await lead.get("/conversations/c-1")

    assert re.findall(r'id="episode-(\d)"', page.html) == ["1", "2"]
    assert "3 hours later" in page.words
    assert re.search(r"<time [^>]+>\d+ \w{3}</time> · 1 day later", page.words)
    assert "Over the daily limit" in page.words.split('id="episode-1"')[1].split("</li>")[0]


async def test_what_the_bot_did_is_shown_on_request_and_kept_in_the_address(
    lead: Visitor, record: Record, at: float
) -> None:
    await record.keep("c-1", payment_talk(at))

    without = await lead.get("/conversations/c-1?in=topic%3Dpayment_failure")
    assert "action_start_payment" not in without.html
    (address,) = re.findall(r'href="([^"]+)" role="switch" aria-checked="false"', without.words)
    page = await lead.get(address)

    deeds = re.findall(r'data-role="deed" data-kind="(\w+)" data-name="([^"]*)"', page.html)
    assert deeds == [
        ("slot", "language"),
        ("action", "action_start_payment"),
        ("source", "account"),
        ("finding", "over_daily_limit"),
        ("step", "raise_daily_limit"),
        ("tried", "raise_daily_limit"),
        ("step", "pay_after_reset"),
        ("action", "action_cancel"),
        ("ended", "payment_failure"),
    ]
    assert "500.00 CNY" in page.words
    assert "still failing" in page.words
    assert 'aria-checked="true"' in page.html
    assert "in=topic%3Dpayment_failure" in address


async def test_nothing_personal_is_shown_and_a_reason_reveals_it_for_a_minute(
    lead: Visitor, record: Record, at: float, engine: AsyncEngine
) -> None:
    said = f"I am {USER_ID}, call {PHONE}, it was {TRANSACTION}"
    talk = payment_talk(at, USER_ID).user(said, "ask_usage", phone=PHONE).bot(f"You are {USER_ID}.", PHONE)
    await record.keep("c-1", talk.slot("feedback", [{"words": f"call {PHONE}"}]))
    await lead.post("/conversations/c-1/notes", note=f"He called from {PHONE}")

    shown = [await lead.get(f"/conversations/c-1{query}") for query in ("", "?behind=yes", "/lines?behind=yes")]
    for page in shown:
        assert page.status == 200
        assert not [each for each in (USER_ID, PHONE, TRANSACTION) if each in page.html]

    assert (await lead.post("/conversations/c-1/reveal", reason="abc")).status == 400
    assert await kept(engine, Action.REVEAL) == []
    revealed = await lead.post("/conversations/c-1/reveal", reason="the bank asks for it")
    assert [each for each in (USER_ID, PHONE, TRANSACTION) if each in revealed.words] == [USER_ID, PHONE, TRANSACTION]
    assert 'hx-get="/conversations/c-1/reveal" hx-trigger="load delay:60s' in revealed.html
    assert await kept(engine, Action.REVEAL) == [("wang", "c-1", "the bank asks for it")]
    assert PHONE not in (await lead.get("/conversations/c-1/reveal")).html


async def test_reading_is_kept_in_the_audit(lead: Visitor, record: Record, at: float, engine: AsyncEngine) -> None:
    await record.keep("c-1", payment_talk(at))

    await lead.get("/conversations/c-1")
    # Parts of a page that is being read are the same reading.
    await lead.get("/conversations/c-1/lines")

    assert await kept(engine, Action.READ_CONVERSATION) == [("wang", "c-1", None)]


async def test_a_long_conversation_comes_in_pieces_without_gap_or_repetition(
    lead: Visitor, record: Record, at: float
) -> None:
    talk = Talk(at)
    for number in range(MESSAGES):
        talk.user(f"line {number}", "greet").bot("Hello!").action("action_listen")
    seqs = await record.keep("c-1", talk.user("the last one", "thank"))

    newest = await lead.get("/conversations/c-1")
    (earlier,) = re.findall(r'hx-get="([^"]+)"[^>]*data-role="earlier"', newest.words)
    before = await lead.get(earlier)
    (first,) = re.findall(r'hx-get="([^"]+)"[^>]*data-role="earlier"', before.words)

    shown = [*lines_in(await lead.get(first)), *lines_in(before), *lines_in(newest)]
    assert shown == seqs
    assert len(lines_in(newest)) == MESSAGES
    assert "<html" not in before.html


async def test_the_link_of_a_line_shows_the_lines_around_it(lead: Visitor, record: Record, at: float) -> None:
    talk = Talk(at)
    for number in range(2 * MESSAGES):
        talk.user(f"line {number}", "greet").bot("Hello!")
    seqs = await record.keep("c-1", talk)

    page = await lead.get(f"/conversations/c-1?line={seqs[100]}")

    assert f'id="line-{seqs[100]}"' in page.html
    assert len(lines_in(page)) == MESSAGES
    (later,) = re.findall(r'hx-get="([^"]+)"[^>]*data-role="later"', page.words)
    assert lines_in(await lead.get(later))[0] == seqs[seqs.index(lines_in(page)[-1]) + 1]
    assert (await lead.get("/conversations/c-1?line=rubbish")).status == 400


async def test_the_next_and_previous_of_the_list_are_one_step_away(lead: Visitor, record: Record, at: float) -> None:
    for number, language in enumerate(("en", "zh", "en", "en")):
        await record.keep(f"c-{number}", payment_talk(at + 1000 * number, language=language))

    page = await lead.get("/conversations/c-2?in=language%3Den")

    beside = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page.words))
    assert beside == {
        "prev": "/conversations/c-3?in=language%3Den",
        "next": "/conversations/c-0?in=language%3Den",
    }
    assert 'href="/conversations?language=en" data-role="to-list"' in page.words
    assert 'rel="next"' not in (await lead.get("/conversations/c-0?in=language%3Den")).html
    assert (await lead.get("/conversations/c-0?in=from%3Dyesterday")).status == 400


async def test_what_the_review_queue_put_into_the_address_stays_there(lead: Visitor, record: Record, at: float) -> None:
    await record.keep("c-1", payment_talk(at))

    page = await lead.get("/conversations/c-1?queue=yes&days=30&reason=unsolved")

    (address,) = re.findall(r'href="([^"]+)" role="switch"', page.words)
    assert address == "/conversations/c-1?queue=yes&days=30&reason=unsolved&behind=yes"
    assert 'href="/review" aria-current="page"' in page.html
    # The queue says itself what comes next.
    assert 'data-role="older"' not in page.html


async def test_notes_are_left_at_the_conversation_and_at_a_line(
    lead: Visitor, sign_in: Any, record: Record, at: float, engine: AsyncEngine
) -> None:
    seqs = await record.keep("c-1", payment_talk(at))
    await record.keep("c-2", payment_talk(at))

    assert "the whole was odd" in (await lead.post("/conversations/c-1/notes", note="the whole was odd")).words
    assert 'data-role="line-note-words"' in (await lead.get(f"/conversations/c-1/lines/{seqs[1]}/notes")).html
    await lead.post(f"/conversations/c-1/lines/{seqs[1]}/notes", note="this line was odd")

    other = await (await sign_in("zhao", "Zhao Min")).get("/conversations/c-1")
    assert "the whole was odd" in other.words.split('id="beside"')[1]
    assert "this line was odd" in other.words.split(f'id="notes-{seqs[1]}"')[1].split("</li>")[0]
    assert other.words.count("Wang Fang") >= 2
    assert await kept(engine, Action.NOTE) == [("wang", "c-1", None)] * 2
    refused = [
        await lead.post("/conversations/c-1/notes", note="  "),
        await lead.post("/conversations/c-1/notes", note="x" * 2001),
        await lead.post(f"/conversations/c-2/lines/{seqs[1]}/notes", note="of another conversation"),
    ]
    assert [page.status for page in refused] == [400, 400, 404]


async def test_tags_are_put_taken_off_and_suggested(
    lead: Visitor, record: Record, at: float, engine: AsyncEngine
) -> None:
    await record.keep("c-1", payment_talk(at))
    await record.keep("c-2", payment_talk(at))

    await lead.post("/conversations/c-1/tags", tag="odd   one")
    twice = await lead.post("/conversations/c-1/tags", tag="odd one")

    assert twice.html.count('data-role="tag-chip"') == 1
    assert '<option value="odd one">' in (await lead.get("/conversations/c-2")).html
    assert 'data-id="c-1"' in (await lead.get("/conversations?tag=odd+one")).html
    gone = await lead.post("/conversations/c-1/tags/remove", tag="odd one")
    assert 'data-role="tag-chip"' not in gone.html
    assert [subject for _, subject, _ in await kept(engine, Action.TAGS)] == ["c-1"] * 3
    for number in range(MOST_TAGS):
        await lead.post("/conversations/c-1/tags", tag=f"tag {number}")
    refused = [await lead.post("/conversations/c-1/tags", tag=tag) for tag in ("", "x" * 31, "one more")]
    assert [page.status for page in refused] == [400, 400, 400]


async def test_who_reviewed_and_what_was_corrected_is_marked_but_not_the_verdict(
    lead: Visitor, record: Record, at: float
) -> None:
    (seq, *_) = await record.keep("c-1", payment_talk(at))
    review = {"conversation_id": "c-1", "reviewer": "wang", "verdict": "wrong_step", "is_flagged": False, "at": at}
    correction = {"event_id": seq, "conversation_id": "c-1", "language": "en", "words": "x", "by": "wang", "at": at}
    await record.database.write(lambda connection: connection.execute(insert(reviews).values(review)))
    await record.database.write(
        lambda connection: connection.execute(insert(corrections).values(**correction, intent="ask_fees"))
    )

    page = await lead.get("/conversations/c-1")

    assert "Wang Fang" in page.words.split('data-role="reviewed-by"')[1].split("</dd>")[0]
    assert "wrong_step" not in page.html
    assert "Corrected: Asks about fees" in page.words
    assert "Corrected: Asks about fees" in (await lead.get(f"/conversations/c-1/lines/{seq}/mark")).words
    assert (await lead.get(f"/conversations/c-1/lines/{seq + 1}/mark")).words.strip() == ""


async def test_the_hand_off_is_told_and_linked(lead: Visitor, record: Record, at: float) -> None:
    asked = {"number": "WH-7K3M-Q9TD", "state": "requested", "change": "request", "reason": "asked"}
    talk = Talk(at).user("a person please", "request_human").slot("handoff", asked)
    await record.keep("c-1", talk.slot("handoff", asked).bot("One moment."))

    page = await lead.get("/conversations/c-1")

    # A session that begins says again what was so before; that is no change.
    assert page.html.count('data-change="request"') == 1
    assert 'href="/handoffs/WH-7K3M-Q9TD"' in page.html
