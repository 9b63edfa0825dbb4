"""An agent's own account: password, name, language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.desk.agents.payloads import Agent, Role
from tests.integration.desk.browsing import PASSWORD, Page, Visitor

Visit = Callable[..., Visitor]
SignedIn = Callable[..., Awaitable[Visitor]]
Hire = Callable[..., Awaitable[Agent]]

NEW = "a new and longer one"
HOSTILE = '<img src=x onerror="alert(1)">'


async def change(visitor: Visitor, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Page:
    fields = {"old_password": old, "new_password": new, "repeated_password": new if again is None else again}
    return await visitor.post("/account/password", fields)


async def test_a_password_is_changed_and_the_old_one_is_over(signed_in: SignedIn, visit: Visit) -> None:
    answer = await change(await signed_in("wang.lei"))

    assert (answer.status, answer.leads_to) == (303, "/account?done=password")
    assert (await visit().sign_in("wang.lei")).status == 401
    assert (await visit().sign_in("wang.lei", NEW)).status == 303


async def test_a_new_password_signs_every_other_browser_out(signed_in: SignedIn, visit: Visit) -> None:
    here, there = await signed_in("wang.lei"), visit()
    await there.sign_in("wang.lei")
    before = here.cookie()
    await change(here)

    assert (await there.get("/account")).status == 303
    assert (await here.get("/account")).status == 200
    assert here.cookie() != before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"old": "not this one"}, "old_password"),
        ({"old": ""}, "old_password"),
        ({"again": "another new one"}, "repeated_password"),
        ({"new": "too short"}, "password"),
        ({"new": "x" * 201}, "password"),
        ({"new": "ababababababab"}, "password"),
        ({"new": "Wang.Lei.Long"}, "password"),
        ({"new": PASSWORD}, "same_password"),
    ],
    ids=["wrong", "none", "not alike", "short", "long", "plain", "the name", "the same"],
)
async def test_a_password_that_will_not_do_is_refused_with_the_reason(
    signed_in: SignedIn, visit: Visit, fields: dict[str, str], problem: str
) -> None:
    page = await change(await signed_in("wang.lei.long"), **fields)

    assert page.status == 422
    assert f'data-field="{problem}"' in page.source
    assert (await visit().sign_in("wang.lei.long")).status == 303


async def test_a_password_is_the_same_however_its_characters_were_put_together(
    signed_in: SignedIn, visit: Visit
) -> None:
    await change(await signed_in("wang.lei"), new="café au lait, encore")

    assert (await visit().sign_in("wang.lei", "cafe\u0301 au lait, encore")).status == 303


async def test_a_browser_left_signed_in_is_no_place_to_try_passwords(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei")
    tried = [await change(visitor, old=f"guess number {number}") for number in range(6)]

    assert ["limit" if 'data-field="limit"' in page.source else "wrong" for page in tried] == ["wrong"] * 5 + ["limit"]
    assert 'data-field="limit"' in (await change(visitor)).source


async def test_whoever_must_choose_a_password_may_go_on_once_he_has(signed_in: SignedIn) -> None:
    visitor = await signed_in("newcomer", must_change_password=True)
    assert (await visitor.get("/account")).part("must-change") is not None
    answer = await change(visitor)

    assert (answer.status, answer.leads_to) == (303, "/")
    assert (await visitor.get("/account")).part("must-change") is None


async def test_the_name_that_users_see_is_changed(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei")
    answer = await visitor.post("/account", {"display_name": "  王  磊\u202e ", "language": "en"})
    page = await visitor.get(answer.leads_to or "")

    assert page.part("done") == "Your profile has been saved."
    assert 'value="王 磊"' in page.source


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "\u200b"])
async def test_a_name_that_will_not_do_is_refused(signed_in: SignedIn, name: str) -> None:
    page = await (await signed_in("wang.lei")).post("/account", {"display_name": name, "language": "en"})

    assert (page.status, page.part("problem")) == (422, "A display name has 1 to 40 characters.")


async def test_a_hostile_name_is_shown_as_text_on_every_page(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei", role=Role.ADMIN)
    await visitor.post("/account", {"display_name": HOSTILE, "language": "en"})
    for path in ("/account", "/agents", "/audit", "/nowhere"):
        source = (await visitor.get(path)).source

        assert "<img src=x" not in source, path
        assert 'onerror="' not in source, path
    assert HOSTILE in (await visitor.get("/agents")).words


async def test_a_language_that_is_chosen_is_the_language_of_the_desk(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei")
    answer = await visitor.post("/account/language", {"language": "zh", "back": "/account"})
    page = await visitor.get(answer.leads_to or "")

    assert 'lang="zh-CN"' in page.source
    assert page.part("menu-cases") == "工单"


async def test_a_language_that_the_desk_does_not_speak_is_refused(signed_in: SignedIn) -> None:
    assert (await (await signed_in("wang.lei")).post("/account/language", {"language": "fr"})).status == 400


async def test_choosing_a_language_leads_to_no_other_site(signed_in: SignedIn) -> None:
    answer = await (await signed_in("wang.lei")).post(
        "/account/language", {"language": "zh", "back": "//evil.example/"}
    )

    assert answer.leads_to == "/"


async def test_a_new_name_is_kept_in_the_audit_with_the_old_one(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei", role=Role.LEAD, display_name="Wang")
    await visitor.post("/account", {"display_name": "Lei", "language": "en"})
    await visitor.post("/account", {"display_name": "Lei", "language": "en"})
    page = await visitor.get("/audit?action=name_changed")

    assert page.count("entry") == 1
    assert "Wang → Lei" in page.words


@pytest.mark.parametrize("name", ["li hua", "LI\u3000HUA", "\uff2ci Hua", "Bot", "DESK", "user"])
async def test_nobody_takes_the_name_of_somebody_else(signed_in: SignedIn, hire: Hire, name: str) -> None:
    await hire("lihua", display_name="Li Hua")
    page = await (await signed_in("wang.lei")).post("/account", {"display_name": name, "language": "en"})

    assert (page.status, page.part("problem")) == (422, "Somebody else has this display name. Choose another one.")


async def test_ones_own_name_may_be_written_otherwise(signed_in: SignedIn) -> None:
    answer = await (await signed_in("wang.lei")).post("/account", {"display_name": "Wang.Lei", "language": "en"})

    assert answer.status == 303
