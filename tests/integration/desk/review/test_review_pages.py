"""The pages of the review: what waits, a verdict given, and what others said only after one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.review.verdicts import Verdict
from bot.desk.web.texts import read_texts
from tests.integration.desk.conftest import FakeClock
from tests.integration.desk.pages.visitor import Shown, Visitor
from tests.integration.desk.review.conftest import SignIn
from tests.integration.desk.review.reviewed import HOUR, handed_over, ids, not_drawn, solved, unsolved
from tests.integration.desk.review.talk import Record, Talk

NAME = next(ids(not_drawn))


@pytest.fixture
def two_hours_ago(clock: FakeClock) -> float:
    """When what is over was said."""
    return clock().timestamp() - 2 * HOUR


async def go(visitor: Visitor, path: str, **fields: str) -> tuple[int, str]:
    """Send a form as a page does; the status, and where it leads."""
    sent = {"csrf": visitor.csrf, **fields}
    async with visitor.session.post(path, data=sent, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def judge(visitor: Visitor, name: str = NAME, verdict: str = "wrong_step", **fields: str) -> Shown:
    return await visitor.post(f"/conversations/{name}/verdict", verdict=verdict, **fields)


def counts(page: Shown) -> dict[str, int]:
    found = re.findall(r'data-reason="(\w+)" data-count="(\d+)"', page.html)
    return {reason: int(count) for reason, count in found}


async def test_the_page_tells_what_waits_and_why(record: Record, lead: Visitor, two_hours_ago: float) -> None:
    kinds: list[Callable[[float], Talk]] = [unsolved, unsolved, handed_over, solved]
    for name, talk in zip(ids(not_drawn), kinds, strict=False):
        await record.keep(name, talk(two_hours_ago))
    page = await lead.get("/review")
    assert page.status == 200
    assert counts(page) == {"rated_badly": 0, "handed_over": 1, "unsolved": 2, "sample": 0}
    assert 'data-role="waiting">3<' in page.html


async def test_the_next_one_is_shown_as_one_of_the_queue_and_what_was_asked_for_stays(
    record: Record, lead: Visitor, two_hours_ago: float
) -> None:
    first, second = (name for name, _ in zip(ids(not_drawn), range(2), strict=False))
    await record.keep(first, unsolved(two_hours_ago))
    await record.keep(second, handed_over(two_hours_ago - HOUR))
    status, shown = await go(lead, "/review/next", days="30", reason="handed_over")
    assert (status, urlsplit(shown).path) == (303, f"/conversations/{second}")
    assert parse_qs(urlsplit(shown).query) == {"queue": ["yes"], "days": ["30"], "reason": ["handed_over"]}
    opened = await lead.get(shown)
    assert opened.status == 200
    part = await lead.get(f"/conversations/{second}/verdict", **{"HX-Current-URL": f"http://desk{shown}"})
    assert 'data-role="is-turn"' in part.html
    assert '<input type="hidden" name="days" value="30"><input type="hidden" name="reason" value="handed_over">' in (
        part.html
    )
    status, shown = await go(lead, f"/conversations/{second}/verdict/skip", days="30", reason="handed_over")
    assert (status, shown) == (303, "/review?days=30&empty=yes")
    assert 'data-role="nothing-left"' in (await lead.get(shown)).html


async def test_a_verdict_is_shown_kept_in_the_audit_and_may_be_taken_back(
    record: Record, lead: Visitor, engine: AsyncEngine, two_hours_ago: float
) -> None:
    await record.keep(NAME, unsolved(two_hours_ago))
    part = await lead.get(f"/conversations/{NAME}/verdict")
    assert part.html.count('data-role="give-verdict"') == len(Verdict)
    assert 'data-role="skip"' not in part.html
    given = await judge(lead, flag="yes")
    assert 'data-role="own-verdict" data-verdict="wrong_step"' in given.html
    assert 'data-role="is-flagged"' in given.html
    calm = await lead.post(f"/conversations/{NAME}/verdict/flag", flag="no")
    assert 'data-role="is-flagged"' not in calm.html
    again = await lead.post(f"/conversations/{NAME}/verdict/taken-back")
    assert 'data-role="give-verdict"' in again.html
    assert 'data-role="is-turn"' in again.html
    entries = (await list_entries(engine, EntryFilter(subject=NAME), 10)).items
    assert [(entry.action, entry.detail) for entry in reversed(entries)] == [
        (Action.REVIEW, "wrong_step"),
        (Action.REVIEW_TAKEN_BACK, None),
    ]


async def test_the_page_around_it_hears_of_a_change(record: Record, lead: Visitor, two_hours_ago: float) -> None:
    await record.keep(NAME, unsolved(two_hours_ago))
    headers = {"HX-Request": "true", "X-CSRF-Token": lead.csrf}
    path = f"/conversations/{NAME}/verdict"
    async with lead.session.post(path, data={"verdict": "not_ours"}, headers=headers) as answer:
        assert answer.headers["HX-Trigger"] == "desk:reviewed"
    async with lead.session.get(path, headers=headers) as answer:
        assert "HX-Trigger" not in answer.headers


async def test_others_verdicts_are_hidden_until_one_has_given_ones_own(
    record: Record, lead: Visitor, sign_in: SignIn, two_hours_ago: float
) -> None:
    await record.keep(NAME, unsolved(two_hours_ago))
    other = await sign_in("li", "Li Lei")
    await judge(other, verdict="product_problem")
    part = await lead.get(f"/conversations/{NAME}/verdict")
    assert 'data-role="others-hidden"' in part.html
    assert "Li Lei" not in part.html
    assert 'data-verdict="product_problem"' not in part.html
    given = await judge(lead)
    assert "Li Lei" in given.html
    assert 'data-verdict="product_problem"' in given.html


async def test_the_page_tells_ones_latest_all_verdicts_and_the_agreement(
    record: Record, lead: Visitor, sign_in: SignIn, two_hours_ago: float
) -> None:
    other = await sign_in("li", "Li Lei")
    for name, _ in zip(ids(not_drawn), range(3), strict=False):
        await record.keep(name, unsolved(two_hours_ago))
        await judge(lead, name, "wrong_step")
        await judge(other, name, "handled_well" if name == NAME else "wrong_step")
    page = await lead.get("/review")
    latest = re.search(r'data-role="latest">(.*?)</ul>', page.html, re.DOTALL)
    assert latest
    assert latest[1].count("<li>") == 3
    pair = re.search(r'data-role="pair">(.*?)</tr>', page.html, re.DOTALL)
    assert pair
    assert "Li Lei · Wang Fang" in pair[1]
    assert "67 %" in pair[1]
    assert 'data-role="few"' in pair[1]
    assert re.search(r'data-verdict="wrong_step"><th.*?<td class="number">5 ', page.html, re.DOTALL)


@pytest.mark.parametrize("language", Language)
async def test_the_pages_speak_both_languages(
    record: Record, sign_in: SignIn, language: Language, two_hours_ago: float
) -> None:
    await record.keep(NAME, unsolved(two_hours_ago))
    visitor = await sign_in(language=language)
    texts = read_texts()[language]
    assert texts.review_rules(share=10, double=10) in (await visitor.get("/review")).words
    part = (await visitor.get(f"/conversations/{NAME}/verdict")).words
    for verdict in Verdict:
        assert texts[f"verdict_{verdict.value}"] in part
        assert texts[f"verdict_{verdict.value}_hint"] in part


async def test_what_nobody_can_mean_is_refused(record: Record, lead: Visitor, two_hours_ago: float) -> None:
    await record.keep(NAME, unsolved(two_hours_ago))
    assert (await judge(lead, verdict="brilliant")).status == 400
    assert (await judge(lead, name="nobody")).status == 404
    assert (await lead.get("/conversations/nobody/verdict")).status == 404
    assert (await lead.post("/conversations/nobody/verdict/skip")).status == 404
    assert (await lead.get("/review?days=8")).status == 400
    assert (await go(lead, "/review/next", reason="boredom"))[0] == 400
    assert (await go(lead, "/review/next", csrf="another"))[0] == 403


PATHS: list[tuple[str, str]] = [
    ("GET", "/review"),
    ("POST", "/review/next"),
    ("GET", f"/conversations/{NAME}/verdict"),
    ("POST", f"/conversations/{NAME}/verdict"),
    ("POST", f"/conversations/{NAME}/verdict/flag"),
    ("POST", f"/conversations/{NAME}/verdict/taken-back"),
    ("POST", f"/conversations/{NAME}/verdict/skip"),
    ("GET", "/unknown"),
    ("GET", "/unknown/1"),
]


async def test_agents_and_strangers_are_not_let_in(sign_in: SignIn, desk: str, record: Record) -> None:
    agent = await sign_in("zhao", "Zhao Min", role=Role.AGENT)

    async def status(session: aiohttp.ClientSession, method: str, path: str) -> int:
        fields = {"csrf": agent.csrf} if method == "POST" else None
        async with session.request(method, path, data=fields, allow_redirects=False) as answer:
            return answer.status

    async with aiohttp.ClientSession(desk) as stranger:
        assert {path: await status(agent.session, *of) for of in PATHS for path in of[1:]} == {
            path: 403 for _, path in PATHS
        }
        assert {path: await status(stranger, *of) for of in PATHS for path in of[1:]} == {
            path: 303 for _, path in PATHS
        }
