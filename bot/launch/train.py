"""``python -m bot train``: train the model unless the present data has one that can be read."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bot.launch.profile import chosen_config
from bot.settings import read_environment
from bot.training.model import DamagedModel, check_model, model_path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("train", help="train the model unless the present data has one")
    parser.add_argument("--force", action="store_true", help="train even if there is one")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> None:
    """Train into the models folder; says which file it is."""
    environment = read_environment()
    config = chosen_config(environment)
    path = model_path(Path.cwd(), Path(environment.get("HOTLINE_MODELS_FOLDER", "models")), config)
    if path.exists() and not arguments.force:
        try:
            check_model(path)
        except DamagedModel as error:
            _say(f"{error}; training it again")
        else:
            _say(f"{path} fits the present data")
            return
    began = time.monotonic()
    # Rasa is imported only now: most calls end above.
    from bot.training.train import train

    train(path, config)
    _say(f"trained {path} in {time.monotonic() - began:.0f} s")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
