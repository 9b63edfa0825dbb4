"""The review set: listed, filtered, given out once as two files."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.learning import corrections
from bot.desk.learning.corrections import Correction
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.utterances.nlu_file import read_nlu
from bot.utterances.regressions import parse_regressions
from tests.integration.desk.pages.visitor import Shown, Visitor
from tests.integration.desk.review.talk import Record

LINES = [
    ("where did it go", "topup_failure", "en", "wang"),
    ("钱去哪了", "topup_failure", "zh", "lin"),
    ("what do you take", "ask_fees", "en", "lin"),
]


def correction(number: int, at: Any, words: str, intent: str, language: str, by: str) -> Correction:
    return Correction(number, f"talk-{number}", language, words, "greet", 0.5, intent, by, at)


async def fill(database: Database, at: Any, lines: Any = LINES) -> None:
    kept = [correction(number, at, *line) for number, line in enumerate(lines, start=1)]
    await database.write(lambda connection: [corrections.keep(connection, each) for each in kept])


def listed(shown: Shown) -> list[str]:
    return re.findall(r'data-role="set-words">([^<]+)<', shown.words)


def downloads(shown: Shown) -> list[str]:
    return re.findall(r'href="([^"]+)" download', shown.words)


@pytest.fixture
async def filled(record: Record, clock: Any) -> Record:
    """Three lines of two leads."""
    await fill(record.database, clock())
    return record


async def test_an_empty_set_says_how_it_is_filled(lead: Visitor) -> None:
    shown = await lead.get("/review-set")

    assert "press “Correct”" in shown.words
    assert 'data-role="export"' not in shown.html


ASKED = {
    "": ["what do you take", "钱去哪了", "where did it go"],
    "?language=zh": ["钱去哪了"],
    "?intent=topup_failure": ["钱去哪了", "where did it go"],
    "?by=lin&language=en": ["what do you take"],
    "?exported=yes": [],
    "?exported=no&by=wang": ["where did it go"],
    "?by=%27--": [],
}


async def test_the_set_is_listed_newest_first_as_it_is_asked_for(filled: Record, lead: Visitor) -> None:
    assert {query: listed(await lead.get(f"/review-set{query}")) for query in ASKED} == ASKED


async def test_a_long_set_comes_in_pages_of_which_each_line_is_on_one(
    record: Record, lead: Visitor, clock: Any
) -> None:
    await fill(record.database, clock(), [(f"line {number}", "greet", "en", "wang") for number in range(103)])

    found, path = [], "/review-set?by=wang"
    while path:
        shown = await lead.get(path)
        found += listed(shown)
        older = re.search(r'href="([^"]+)" data-role="older"', shown.words)
        path = older[1] if older else ""

    assert found == [f"line {number}" for number in reversed(range(103))]


async def test_a_page_that_does_not_exist_is_refused(lead: Visitor) -> None:
    for after in ("x", "1_", "nan_1", "1e400_1", "1_99999999999999999999"):
        assert (await lead.get(f"/review-set?after={after}")).status == 400


async def test_what_was_given_out_is_fetched_as_training_data_and_as_regression_tests(
    filled: Record, lead: Visitor, engine: AsyncEngine, clock: Any
) -> None:
    given = await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})
    shown = await lead.get("/review-set")
    training, regressions = downloads(shown)
    async with lead.session.get(training) as answer:
        named, data = answer.headers["Content-Disposition"], await answer.text()
    tests = (await lead.get(regressions)).html

    assert given.status == 303
    assert named == 'attachment; filename="review-set-2026-03-01-163100.yml"'
    assert "python -m bot learn review-set-2026-03-01-163100.yml" in shown.words
    wanted = {(words, intent, language) for words, intent, language, _ in LINES}
    assert {(each.text, each.intent, each.language) for each in read_nlu(data, "set")} == wanted
    assert {(each.text, each.intent, each.language) for each in parse_regressions(tests, "tests")} == wanted
    entries = (await list_entries(engine, EntryFilter(action=Action.EXPORT_REVIEW_SET), 10)).items
    assert [(entry.subject, entry.detail) for entry in entries] == [
        ("regressions-2026-03-01-163100.yml", "3"),
        ("review-set-2026-03-01-163100.yml", "3"),
        ("review-set-2026-03-01-163100.yml", "3"),
    ]
    assert entries[0].at == clock()


async def test_a_line_is_given_out_once_unless_it_is_changed(filled: Record, lead: Visitor, clock: Any) -> None:
    await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})
    assert "Every line has been exported" in (await lead.get("/review-set")).words
    assert (await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})).status == 400

    clock.move_on(minutes=1)
    changed = correction(1, clock(), "where has it gone", "topup_failure", "en", "wang")
    await filled.database.write(lambda connection: corrections.keep(connection, changed))
    assert "One line waits to be exported" in (await lead.get("/review-set")).words
    await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})

    newest, older = downloads(await lead.get("/review-set"))[::2]
    assert [each.text for each in read_nlu((await lead.get(newest)).html, "set")] == ["where has it gone"]
    assert {each.text for each in read_nlu((await lead.get(older)).html, "set")} == {"钱去哪了", "what do you take"}


async def test_the_same_words_of_two_conversations_are_given_out_once(
    record: Record, lead: Visitor, clock: Any
) -> None:
    await fill(record.database, clock(), [LINES[0], ("Where did it go?", *LINES[0][1:])])
    await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})

    training, _ = downloads(await lead.get("/review-set"))

    assert [each.text for each in read_nlu((await lead.get(training)).html, "set")] == ["where did it go"]


async def test_there_is_no_other_file(filled: Record, lead: Visitor) -> None:
    await lead.send("/review-set/exports", {"X-CSRF-Token": lead.csrf})

    for path in ("1/review-set", "1772353860/other", f"{10**20}/review-set", "-1/review-set"):
        assert (await lead.get(f"/review-set/exports/{path}")).status == 404


async def test_agents_may_neither_see_nor_fetch_the_set(filled: Record, sign_in: Any) -> None:
    agent = await sign_in("lilei", "Li Lei", Role.AGENT)

    assert (await agent.get("/review-set")).status == 403
    assert (await agent.send("/review-set/exports", {"X-CSRF-Token": agent.csrf})).status == 403
    assert (await agent.get("/review-set/exports/1772353860/review-set")).status == 403


async def test_a_form_from_elsewhere_gives_nothing_out(filled: Record, lead: Visitor) -> None:
    assert (await lead.send("/review-set/exports", {})).status == 403
    assert await filled.database.read(corrections.exports) == []


async def test_the_page_is_in_the_lead_s_language(filled: Record, sign_in: Any) -> None:
    shown = await (await sign_in(language=Language.ZH)).get("/review-set")

    for words in ("纠正集", "有 3 句等待导出", "充值失败"):
        assert words in shown.words


async def test_before_the_bot_has_begun_the_set_is_empty(desk: str, lead: Visitor, record: Record) -> None:
    assert (await lead.get("/review-set?exported=yes")).status == 200


async def test_the_set_is_kept_and_paged_on_postgresql_as_on_sqlite(postgres_url: str, clock: Any) -> None:
    database = Database(postgres_url)
    try:
        database.migrate(migrate)
        await fill(database, clock())
        await fill(database, clock(), [("where has it gone", *LINES[0][1:])])

        rows = await database.read(
            lambda connection: corrections.page(connection, corrections.CorrectionFilter(), None, 2)
        )
        behind = (rows[-1].at.timestamp(), rows[-1].event_id)
        rest = await database.read(
            lambda connection: corrections.page(connection, corrections.CorrectionFilter(), behind, 2)
        )
        marked = await database.write(lambda connection: corrections.mark_exported(connection, clock()))
        out = await database.read(lambda connection: corrections.of_export(connection, int(clock().timestamp())))

        assert [each.words for each in (*rows, *rest)] == ["what do you take", "钱去哪了", "where has it gone"]
        assert (marked, len(out)) == (3, 3)
        assert (await database.read(corrections.authors)) == ["lin", "wang"]
        assert await database.write(lambda connection: corrections.remove(connection, "talk-1", 1))
    finally:
        database.close()
