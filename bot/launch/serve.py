"""``python -m bot serve``: the bot alone, with the model of the present data."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from bot.launch.profile import chosen_config
from bot.runtime.without_tensorflow import leave_out
from bot.settings import Settings, read_environment
from bot.telemetry.log_lines import set_up_log
from bot.training.model import DamagedModel, check_model, model_path


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="serve the bot alone")
    parser.set_defaults(handler=run)


def run(_arguments: argparse.Namespace) -> None:
    """Serve. Raises SystemExit without a model that can be read."""
    # Rasa fills endpoints.yml and credentials.yml from the process's environment alone.
    os.environ.update(read_environment())
    settings = Settings.from_environment(os.environ)
    config = chosen_config(os.environ)
    path = model_path(Path.cwd(), settings.models_folder, config)
    if not path.exists():
        raise SystemExit(f"there is no model of the present data ({path}): run `make train`")
    try:
        check_model(path)
    except DamagedModel as error:
        raise SystemExit(f"{error}: remove it and run `make train`") from error
    if not settings.loads_tensorflow:
        leave_out(config)
    # Before the import: what its libraries have to say while they load belongs into the log as well.
    set_up_log()
    # Rasa is imported only now.
    from bot.server import serve

    serve(settings, path)
