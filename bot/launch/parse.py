"""``python -m bot parse``: one utterance a line in, one JSON line out."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Any

from bot.channels.plain_text import as_plain_text
from bot.runtime.without_tensorflow import leave_out
from bot.settings import loads_tensorflow, read_environment
from bot.training.model import CONFIG_FILE, model_path

FALLBACK = "nlu_fallback"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("parse", help="one utterance a line in, one JSON line out")
    parser.set_defaults(handler=run)


def run(_arguments: argparse.Namespace) -> None:
    """Parse standard input with the model of the present data; the bot need not run."""
    environment = read_environment()
    path = model_path(Path.cwd(), Path(environment.get("HOTLINE_MODELS_FOLDER", "models")))
    if not path.exists():
        raise SystemExit(f"there is no model of the present data ({path}): run `make train`")
    if not loads_tensorflow(environment):
        leave_out(Path(CONFIG_FILE))
    asyncio.run(_parse_lines(path))


async def _parse_lines(path: Path) -> None:
    # Rasa takes seconds to import, which a wrong call or a missing model need not wait for.
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    agent = Agent.load(str(path))
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        parsed = await agent.parse_message(as_plain_text(text)) if text.strip() else {}
        sys.stdout.write(json.dumps(as_row(text, parsed), ensure_ascii=False) + "\n")
        sys.stdout.flush()


def as_row(text: str, parsed: dict[str, Any]) -> dict[str, Any]:
    """The classifier's own choice and ranking; ``understood`` is false where the bot would rather ask back."""
    ranking = [row for row in parsed.get("intent_ranking", []) if row["name"] != FALLBACK]
    best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
    entities = [entity for entity in parsed.get("entities", []) if entity["entity"] != "language"]
    return {
        "text": text,
        "intent": best["name"],
        "confidence": best["confidence"],
        "understood": bool(ranking) and parsed["intent"]["name"] != FALLBACK,
        "ranking": ranking,
        "entities": [{key: entity[key] for key in ("entity", "value", "start", "end")} for entity in entities],
        "language": parsed.get("language"),
    }
