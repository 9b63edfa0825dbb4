"""The part under a line: what it shows, what it keeps, what it refuses to have learned."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.learning.corrections import find
from bot.store.review_tables import corrections
from tests.integration.desk.learning.conftest import AT, say
from tests.integration.desk.pages.visitor import Shown, Visitor
from tests.integration.desk.review.talk import Record, Talk

WORDS = "I put 200 in and the money is nowhere"


def part(seq: int, conversation_id: str = "talk-1") -> str:
    return f"/conversations/{conversation_id}/lines/{seq}/correction"


def remarks(shown: Shown) -> list[str]:
    return re.findall(r'data-remark="(\w+)"', shown.html)


async def correct(lead: Visitor, seq: int, words: str = WORDS, intent: str = "topup_failure", **more: str) -> Shown:
    return await lead.post(part(seq), words=words, intent=intent, language=more.get("language", "en"))


async def kept_rows(record: Record) -> list[Any]:
    return await record.database.read(lambda connection: connection.execute(select(corrections)).all())


async def test_it_shows_how_the_line_was_taken_and_the_runners_up_before_all_others(
    record: Record, lead: Visitor
) -> None:
    seq = await say(record, WORDS)

    shown = await lead.get(part(seq))

    assert shown.status == 200
    offered = re.findall(r'name="intent" value="(\w+)"', shown.html)
    assert offered == ["ask_fees", "topup_failure", "ask_limits", "greet"]
    assert re.search(r'data-role="correction-taken">Asks about fees<.*?55 %', shown.words, re.DOTALL)
    assert re.search(r'data-role="correction-words">([^<]*)<', shown.words)[1] == WORDS  # type: ignore[index]
    assert 'name="language" value="en" checked' in shown.html


async def test_an_intent_is_found_by_its_words_in_either_language(record: Record, sign_in: Any) -> None:
    lead, seq = await sign_in(language=Language.ZH), await say(record, WORDS)

    shown = await lead.get(part(seq))

    found_by = re.search(r'data-intent="topup_failure" data-found-by="([^"]+)"', shown.words)
    assert found_by
    for word in ("top-up failed", "充值失败", "topup_failure"):
        assert word in found_by[1]
    assert "<span>充值失败</span>" in shown.words


async def test_a_correction_is_kept_told_to_the_page_and_audited(
    record: Record, lead: Visitor, engine: AsyncEngine, clock: Any
) -> None:
    seq = await say(record, WORDS)

    async with lead.session.post(
        part(seq),
        data={"words": f"  {WORDS}\n", "intent": "topup_failure", "language": "en"},
        headers={"HX-Request": "true", "X-CSRF-Token": lead.csrf},
    ) as answer:
        told = json.loads(answer.headers["HX-Trigger"])

    (row,) = await kept_rows(record)
    assert (row.words, row.intent, row.language, row.by) == (WORDS, "topup_failure", "en", "wang")
    assert (row.predicted, row.confidence, row.exported_at) == ("ask_fees", 0.55, None)
    assert row.at == clock().timestamp()
    assert told == {"desk:corrected": {"seq": seq, "intent": "topup_failure"}}
    entries = (await list_entries(engine, EntryFilter(subject="talk-1"), 10)).items
    assert [(entry.action.value, entry.detail) for entry in entries] == [("correct", f"{seq} → topup_failure")]


async def test_a_correction_is_changed_and_taken_out_again(record: Record, lead: Visitor) -> None:
    seq = await say(record, WORDS)
    await correct(lead, seq)

    shown = await lead.get(part(seq))
    assert "wang put it right to" in shown.words
    assert 'value="topup_failure" checked' in shown.html

    await correct(lead, seq, intent="ask_limits")
    assert [row.intent for row in await kept_rows(record)] == ["ask_limits"]

    assert (await lead.post(f"{part(seq)}/remove")).status == 200
    assert await kept_rows(record) == []
    assert (await lead.post(f"{part(seq)}/remove")).status == 404


async def test_what_is_personal_is_cut_out_before_it_is_proposed(record: Record, lead: Visitor) -> None:
    seq = await say(
        record,
        "I am user-77c41d9e20, call 13812345678 or a@b.example about pay_9f1c0a7be24d5310 ok?",
        user_id="user-77c41d9e20",
    )

    shown = await lead.get(part(seq))

    for personal in ("13812345678", "a@b.example", "pay_9f1c0a7be24d5310", "user-77c41d9e20"):
        assert personal not in shown.words
    assert re.search(r'data-role="correction-words">([^<]*)<', shown.words)[1] == "I am, call or about ok?"  # type: ignore[index]
    assert "was cut out" in shown.words


REFUSED = {
    "call me at 13812345678": "personal",
    "it is a@b.example": "personal",
    "my card is 4111 1111 1111 1111": "secret",
    " \n ": "empty",
    "so " * 200: "too_long",
    "My top-up is not there yet!": "known",
    "my top-up is not there yett": "nearly_known",
    "is topping up free of charge?": "contradicts",
}


async def test_what_must_not_or_need_not_be_learned_is_kept_out_and_said_why(record: Record, lead: Visitor) -> None:
    seq = await say(record, WORDS)

    shown = {words: await correct(lead, seq, words) for words in REFUSED}

    assert {words: remarks(each) for words, each in shown.items()} == {words: [why] for words, why in REFUSED.items()}
    assert all('data-role="correction-refused"' in each.html for each in shown.values())
    assert await kept_rows(record) == []


async def test_nearly_the_words_of_another_intent_are_told_and_may_be_kept(record: Record, lead: Visitor) -> None:
    seq = await say(record, WORDS)
    form = {"words": "is topping up free of charges", "intent": "topup_failure", "language": "en"}

    checked = await lead.post(f"{part(seq)}/check", **form)
    kept = await correct(lead, seq, form["words"])

    assert remarks(checked) == ["like_other"]
    assert "“is topping up free of charge”" in checked.words
    assert 'data-role="correction-done"' in kept.html


async def test_while_nothing_is_chosen_it_only_says_what_the_words_are_taught_as(record: Record, lead: Visitor) -> None:
    seq = await say(record, "My top-up is not there yet")

    assert remarks(await lead.get(part(seq))) == ["taught"]


async def test_two_leads_cannot_put_the_same_words_right_in_two_ways(record: Record, sign_in: Any) -> None:
    first, second = await sign_in(), await sign_in("lin", "Lin")
    one, other = await say(record, WORDS), await say(record, WORDS + "!", "talk-2")
    await correct(first, one)

    shown = await second.post(part(other, "talk-2"), words=WORDS, intent="ask_fees", language="en")

    assert remarks(shown) == ["contradicts_set"]
    assert "wang" in shown.words
    assert len(await kept_rows(record)) == 1


async def test_training_data_are_read_again_when_they_change(record: Record, lead: Visitor, data_folder: Path) -> None:
    seq = await say(record, WORDS)
    assert remarks(await lead.get(part(seq))) == []

    file = data_folder / "nlu/en/topup_failure.yml"
    file.write_text(file.read_text(encoding="utf-8") + f"    - {WORDS}\n", encoding="utf-8")

    assert remarks(await lead.get(part(seq))) == ["taught"]


async def test_without_readable_training_data_it_works_and_says_so(
    record: Record, lead: Visitor, data_folder: Path
) -> None:
    seq = await say(record, WORDS)
    (data_folder / "nlu/en/ask_fees.yml").write_text("nlu: [", encoding="utf-8")

    shown = await lead.get(part(seq))

    assert 'data-role="correction-unreadable"' in shown.html
    assert 'value="transfer_failure"' in shown.html
    assert 'data-role="correction-done"' in (await correct(lead, seq)).html


async def test_a_tap_on_a_button_cannot_be_corrected(record: Record, lead: Visitor) -> None:
    (seq,) = await record.keep("talk-1", Talk(AT).press("A person", "request_human"))

    shown = await lead.get(part(seq))

    assert 'data-role="correction-tap"' in shown.html
    assert "<form" not in shown.html


async def test_a_line_that_was_not_understood_says_so(record: Record, lead: Visitor) -> None:
    (seq,) = await record.keep("talk-1", Talk(AT).not_understood("钱没影了", ("topup_failure", 0.3), language="zh"))

    shown = await lead.get(part(seq))

    assert re.search(r'data-role="correction-taken">Not understood<', shown.words)
    assert 'name="language" value="zh" checked' in shown.html


async def test_only_a_line_of_the_user_of_that_conversation_can_be_corrected(record: Record, lead: Visitor) -> None:
    user, bot = await record.keep("talk-1", Talk(AT).user(WORDS, "ask_fees").bot("Free."))

    for address in (part(bot), part(user, "talk-2"), part(10**30), part(-1)):
        assert (await lead.get(address)).status == 404
        assert (await lead.post(address, words=WORDS, intent="topup_failure", language="en")).status == 404
        assert (await lead.post(f"{address}/remove")).status == 404
    assert await kept_rows(record) == []


async def test_an_intent_or_a_language_that_nobody_has_is_refused(record: Record, lead: Visitor) -> None:
    seq = await say(record, WORDS)

    for form in ({"intent": "unheard_of"}, {"intent": ""}, {"language": "fr"}):
        refused = await lead.post(part(seq), **{"words": WORDS, "intent": "topup_failure", "language": "en", **form})
        assert refused.status == 400
    assert await kept_rows(record) == []


async def test_agents_may_not_correct(record: Record, sign_in: Any) -> None:
    agent, seq = await sign_in("lilei", "Li Lei", Role.AGENT), await say(record, WORDS)

    assert (await agent.get(part(seq))).status == 403
    assert (await correct(agent, seq)).status == 403


async def test_a_conversation_with_odd_signs_in_its_id_is_found(record: Record, lead: Visitor) -> None:
    seq = await say(record, WORDS, "wx/张三 1")
    address = part(seq, "wx%2F%E5%BC%A0%E4%B8%89%201")

    assert (await lead.get(address)).status == 200
    assert (await lead.post(address, words=WORDS, intent="topup_failure", language="en")).status == 200
    found = await record.database.read(lambda connection: find(connection, seq))
    assert found
    assert found.conversation_id == "wx/张三 1"
    assert address in (await lead.get("/review-set")).html
