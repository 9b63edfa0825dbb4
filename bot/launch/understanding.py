"""A model loaded to parse single utterances, as the running bot would; the bot need not run."""

from __future__ import annotations

import json
import logging
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.channels.plain_text import as_plain_text
from bot.launch.profile import chosen_config
from bot.runtime.without_tensorflow import leave_out
from bot.settings import loads_tensorflow, read_environment
from bot.training.model import DamagedModel, check_model, model_path

FALLBACK = "nlu_fallback"


class Parser(Protocol):
    """What parses a message: Rasa's agent."""

    async def parse_message(self, message_data: str) -> dict[str, Any]:
        """Intent, ranking, entities and language of a text."""
        ...


@dataclass(frozen=True)
class ModelFacts:
    """What a model's file tells without being loaded."""

    intents: frozenset[str]
    trained_at: str | None


def present_model() -> Path:
    """The model of the present data. Raises SystemExit when nobody has trained it."""
    environment = read_environment()
    models = Path(environment.get("HOTLINE_MODELS_FOLDER", "models"))
    path = model_path(Path.cwd(), models, chosen_config(environment))
    if not path.exists():
        raise SystemExit(f"there is no model of the present data ({path}): run `make train`")
    return path


def facts_of(path: Path) -> ModelFacts:
    """What the file tells of itself. Raises SystemExit for one that is no model."""
    try:
        check_model(path)
    except DamagedModel as error:
        raise SystemExit(str(error)) from error
    with tarfile.open(path, "r:gz") as members:
        metadata = json.loads(next(_contents(members, "metadata.json")))
    entries = metadata["domain"]["intents"]
    # An intent is a name, or a name with settings.
    names = (name for entry in entries for name in ([entry] if isinstance(entry, str) else entry))
    return ModelFacts(frozenset(names), metadata.get("trained_at"))


def load_parser(path: Path) -> Parser:
    """The model, ready to parse."""
    environment = read_environment()
    if not loads_tensorflow(environment):
        leave_out(chosen_config(environment))
    # Rasa takes seconds to import, which a wrong call or a missing model need not wait for.
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    loaded: Parser = Agent.load(str(path))
    return loaded


async def understand(parser: Parser, text: str) -> dict[str, Any]:
    """Parse what a user typed into the row of ``as_row``."""
    return as_row(text, await parser.parse_message(as_plain_text(text)) if text.strip() else {})


def _contents(members: tarfile.TarFile, name: str) -> Iterator[bytes]:
    for member in members:
        if Path(member.name).name == name and (file := members.extractfile(member)):
            yield file.read()


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
