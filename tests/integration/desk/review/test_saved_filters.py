"""Filters that leads keep: their own, and those that are shared."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.desk.agents.payloads import Role
from tests.integration.desk.pages.visitor import Shown, Visitor

pytestmark = pytest.mark.usefixtures("record")


def filters_in(page: Shown) -> dict[str, str]:
    """The queries of the filters shown, by their names."""
    found = re.findall(r'data-role="saved-filter" data-name="([^"]+)">\s*<a href="/conversations\?([^"]+)"', page.words)
    return dict(found)


def id_of(page: Shown) -> str:
    return re.findall(r'hx-post="/conversations/filters/(\d+)"', page.html)[0]


async def test_a_filter_is_saved_under_a_name_and_saved_again_becomes_another(lead: Visitor) -> None:
    saved = await lead.post("/conversations/filters", name="  badly   rated ", query="rating_max=2&topic=")
    assert filters_in(saved) == {"badly rated": "rating_max=2"}

    await lead.post("/conversations/filters", name="badly rated", query="rating_max=1")

    assert filters_in(await lead.get("/conversations")) == {"badly rated": "rating_max=1"}


async def test_a_shared_filter_is_seen_by_others_who_cannot_change_it(lead: Visitor, sign_in: Any) -> None:
    await lead.post("/conversations/filters", name="mine", query="topic=ask_fees")
    shared = await lead.post("/conversations/filters", name="ours", query="topic=ask_limits", shared="yes")
    (first, second) = re.findall(r'hx-post="/conversations/filters/(\d+)"', shared.html)
    other = await sign_in("zhao", "Zhao Min")

    assert filters_in(await other.get("/conversations")) == {"ours": "topic=ask_limits"}

    for filter_id in (first, second):
        await other.post(f"/conversations/filters/{filter_id}", name="taken over")
        await other.post(f"/conversations/filters/{filter_id}/remove")
    assert filters_in(await lead.get("/conversations")) == {"mine": "topic=ask_fees", "ours": "topic=ask_limits"}


async def test_a_filter_is_renamed_shared_and_removed_by_its_owner(lead: Visitor, sign_in: Any) -> None:
    filter_id = id_of(await lead.post("/conversations/filters", name="old", query="verified=no"))
    other = await sign_in("zhao", "Zhao Min")

    renamed = await lead.post(f"/conversations/filters/{filter_id}", name="guests", shared="yes")
    assert filters_in(renamed) == {"guests": "verified=no"}
    assert filters_in(await other.get("/conversations")) == {"guests": "verified=no"}

    assert filters_in(await lead.post(f"/conversations/filters/{filter_id}/remove")) == {}
    assert filters_in(await other.get("/conversations")) == {}


async def test_what_is_no_filter_or_bears_no_name_is_refused(lead: Visitor) -> None:
    kept = await lead.post("/conversations/filters", name="guests", query="verified=no")
    await lead.post("/conversations/filters", name="others", query="verified=yes")

    refused = [
        await lead.post("/conversations/filters", name="", query="verified=no"),
        await lead.post("/conversations/filters", name="x" * 65, query="verified=no"),
        await lead.post("/conversations/filters", name="all", query="anything=else"),
        await lead.post("/conversations/filters", name="odd", query="from=yesterday"),
        await lead.post(f"/conversations/filters/{id_of(kept)}", name="others"),
    ]

    assert [page.status for page in refused] == [400, 400, 400, 400, 409]
    assert "called “others”" in refused[-1].words
    assert set(filters_in(await lead.get("/conversations"))) == {"guests", "others"}


async def test_who_is_no_lead_saves_nothing(sign_in: Any) -> None:
    agent = await sign_in("lilei", "Li Lei", Role.AGENT)

    assert (await agent.post("/conversations/filters", name="mine", query="verified=no")).status == 403
