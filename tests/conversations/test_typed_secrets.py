"""A thousand secrets typed into every channel: each is warned of, and no byte of any is kept in a database or a log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.privacy.folded import CUT
from tests.conversations.player import open_conversation
from tests.fakes.responses import responses
from tests.fakes.secrets import Typed, generate
from tests.stack.processes import Stack
from tests.stack.widget import WidgetConversation

pytestmark = pytest.mark.conversation

_A_CONVERSATION = 25  # fewer than a session may send in a minute
_AT_ONCE = 4
# A shorter number may stand in a time or an id by chance; there the whole sentence is looked for.
_LONG_ENOUGH = 9

Say = Callable[[str], list[str]]


def _widget(stack: Stack) -> Say:
    conversation = WidgetConversation(stack.url("bot"))
    return lambda text: [answer["text"] for answer in conversation.say(text)]


def _terminal(stack: Stack) -> Say:
    conversation = open_conversation(stack, None)
    return lambda text: list(conversation.say(text).texts)


@pytest.mark.parametrize(
    ("begin", "seed", "count"), [(_widget, 7, 1000), (_terminal, 9, 200)], ids=["widget", "terminal"]
)
def test_no_byte_of_a_typed_secret_is_kept(stack: Stack, begin: Callable[[Stack], Say], seed: int, count: int) -> None:
    typed = generate(count, seed)
    parts = [typed[place : place + _A_CONVERSATION] for place in range(0, count, _A_CONVERSATION)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        unwarned = [each for part in pool.map(lambda part: _type(begin(stack), part), parts) for each in part]
    assert unwarned == []
    assert _kept(stack.folder, typed) == []


def _type(say: Say, secrets: list[Typed]) -> list[str]:
    """Those that no warning of their kind was the first answer to."""
    return [each.sentence for each in secrets if say(each.sentence)[0] not in _warnings(each.kind)]


def _warnings(kind: str) -> set[str]:
    return set(responses()[f"utter_secret_{kind}"].values())


def _kept(folder: Path, typed: list[Typed]) -> list[str]:
    """Where a secret was found: the file and the secret."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert any(path.suffix == ".sqlite" for path in files)
    assert any(path.suffix == ".log" for path in files)
    # What stands in a secret's place is found, so a secret would be.
    assert any(CUT.encode() in content for content in files.values())
    return [
        f"{path}: {each.secret}"
        for path, content in files.items()
        for each in typed
        if any(trace in content for trace in _bytes(each))
    ]


def _bytes(typed: Typed) -> Iterator[bytes]:
    """As text, and as JSON may write it."""
    for trace in (typed.sentence, *(trace for trace in typed.traces if len(trace) >= _LONG_ENOUGH)):
        yield trace.encode()
        if not trace.isascii():
            yield json.dumps(trace)[1:-1].encode()
