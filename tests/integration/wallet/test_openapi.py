"""The description of the wallet's HTTP says all there is, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from sanic import Sanic

from tests.integration.wallet.described import JSON, operation_at, operations, problems_of
from tests.integration.wallet.house import House, Start
from wallet.api.description import describe
from wallet.app import create_app
from wallet.domain.calendar_days import system_clock
from wallet.settings import Settings

# Pages and files for people, and what describes the rest.
NO_OPERATIONS = {
    "/",
    "/demo",
    "/reset-password",
    "/reset-password.css",
    "/link-channel",
    "/docs",
    "/docs.css",
    "/openapi.json",
}

WHOLE, PUBLIC = describe(with_development=True), describe(with_development=False)
OF_DEVELOPMENT = set(WHOLE["components"]["schemas"]) - set(PUBLIC["components"]["schemas"])
NAMES = [operation["operationId"] for _, _, operation in operations()]


def routes_of(settings: Settings) -> set[tuple[str, str]]:
    # The framework knows apps by name, and every test makes one of the same name.
    Sanic.test_mode = True
    app = create_app(settings, system_clock)
    found = set()
    for route in app.router.routes:
        path = "/" + "/".join(_parameter(part) for part in route.path.strip("/").split("/"))
        if path not in NO_OPERATIONS and not path.startswith("/demo/"):
            found |= {(method, path) for method in route.methods}
    return found


def _parameter(part: str) -> str:
    return "{" + part.strip("<>").partition(":")[0] + "}" if part.startswith("<") else part


def test_it_is_valid_openapi() -> None:
    for document in (WHOLE, PUBLIC):
        schemathesis.openapi.from_dict(document).validate()


async def test_every_route_is_described_and_nothing_else(settings: Settings) -> None:
    described = {(method, path) for method, path, _ in operations()}
    assert routes_of(settings) == described, "wallet/api/openapi/ and the routes differ"


async def test_what_is_for_development_is_not_described_outside_it(settings: Settings, start: Start) -> None:
    async with start(replace(settings, environment="production"), catalogue=False) as house:
        document = (await house.call("GET", "/openapi.json")).body
        page = await house.call("GET", "/docs")
    assert "/v1/payments" in document["paths"]
    assert 'id="create_payment"' in page.text
    assert "/v1/dev/" not in json.dumps(document) + page.text
    assert OF_DEVELOPMENT
    assert not OF_DEVELOPMENT & set(document["components"]["schemas"])
    assert not [name for name in OF_DEVELOPMENT if f'id="schema-{name}"' in page.text]
    assert "development" not in [tag["name"] for tag in document["tags"]]


def test_each_operation_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("operation", [one for _, _, one in operations()], ids=NAMES)
def test_an_operation_says_what_it_does_and_every_example_is_of_its_schema(operation: dict[str, Any]) -> None:
    assert operation["summary"]
    assert "security" in operation
    for answer in operation["responses"].values():
        assert answer["description"]
        for content in answer["content"].values():
            for example in _examples(content):
                assert problems_of(example, content["schema"]) == []
    if "requestBody" in operation:
        asked = operation["requestBody"]["content"][JSON]
        assert problems_of(asked["example"], asked["schema"]) == []


def _examples(content: dict[str, Any]) -> list[Any]:
    examples = [example["value"] for example in content.get("examples", {}).values()]
    examples += [content["example"]] if "example" in content else []
    assert examples
    return examples


def test_each_noun_is_described_and_has_operations() -> None:
    assert [tag["name"] for tag in WHOLE["tags"] if not tag["description"]] == []
    of_operations = {tag for _, _, operation in operations() for tag in operation["tags"]}
    assert sorted(tag["name"] for tag in WHOLE["tags"]) == sorted(of_operations)


async def test_the_page_shows_every_operation_and_asks_no_other_host(house: House) -> None:
    page = await house.call("GET", "/docs")
    assert page.status == 200
    anchors = re.findall(r'id="([^"]+)"', page.text)
    assert len(set(anchors)) == len(anchors)
    assert set(NAMES) <= set(anchors)
    assert {f"schema-{name}" for name in WHOLE["components"]["schemas"]} <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= set(anchors)
    assert 'src="' not in page.text
    assert 'href="http' not in page.text
    assert (await house.call("GET", "/docs.css")).headers["Content-Type"].startswith("text/css")


def test_an_answer_that_says_more_than_described_is_noticed() -> None:
    operation = operation_at("GET", "/health")
    assert operation is not None
    schema = operation["responses"]["200"]["content"][JSON]["schema"]
    assert problems_of({"status": "ok"}, schema) == []
    assert problems_of({"status": "ok", "password": "x"}, schema)
