"""A desk beside a record of conversations, and a little training data to compare with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.settings import Settings
from bot.utterances.nlu_file import with_examples
from tests.integration.desk.review.conftest import desk, engine, lead, record, sign_in
from tests.integration.desk.review.talk import Record, Talk

__all__ = ["desk", "engine", "lead", "record", "sign_in"]

TAUGHT = {
    ("en", "topup_failure"): ["my top-up is not there yet", "topped up and nothing came"],
    ("en", "ask_fees"): ["is topping up free of charge"],
    ("zh", "topup_failure"): ["充值还没到账"],
    ("zh", "greet"): ["你好"],
}
AT = 1_772_350_000.0


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """The training data beside the desk."""
    for (language, intent), texts in TAUGHT.items():
        path = tmp_path / "data/nlu" / language / f"{intent}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(with_examples(None, intent, texts, path.name), encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def settings(settings: Settings, data_folder: Path) -> Settings:
    return replace(settings, data_folder=str(data_folder))


async def say(record: Record, text: str, conversation_id: str = "talk-1", user_id: str | None = None) -> int:
    """Keep a conversation of one line that was taken for a question about fees; its seq."""
    others = (("topup_failure", 0.3), ("ask_limits", 0.1))
    (seq,) = await record.keep(conversation_id, Talk(AT, user_id=user_id).user(text, "ask_fees", 0.55, others))
    return seq
