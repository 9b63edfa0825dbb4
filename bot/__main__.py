"""The command line: ``python -m bot run|serve|train|chat|parse|nlu-report|learn|desk|forget``."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import warnings

# Each command's module is imported only when it is called: chat must not wait for Rasa, nor run for the desk.
COMMANDS = {
    "run": ("bot.launch.run", "start wallet, desk and bot on this machine"),
    "serve": ("bot.launch.serve", "serve the bot alone"),
    "train": ("bot.launch.train", "train the model unless the present data has one"),
    "chat": ("bot.launch.chat", "talk to the running bot"),
    "parse": ("bot.launch.parse", "one utterance a line in, one JSON line out"),
    "nlu-report": ("bot.launch.nlu_report", "how well the model understands labelled lines"),
    "learn": ("bot.launch.learn", "learn the lines of a review set, measured before and after"),
    "desk": ("bot.desk.commands", "the desk: serve it, look after its people and its cases"),
    "forget": ("bot.desk.retention.commands", "remove what is kept of one user, and prove it"),
}


def main(words: list[str]) -> int:
    """Run one command; its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="The support line of a digital wallet.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    chosen = next((word for word in words if not word.startswith("-")), None)
    for name, (module, help_text) in COMMANDS.items():
        if name == chosen:
            importlib.import_module(module).add_parser(commands)
        else:
            commands.add_parser(name, help=help_text)
    arguments = parser.parse_args(words)
    return arguments.handler(arguments) or 0


if __name__ == "__main__":
    # Rasa pins libraries that warn of their own future at each start; tests still see the warnings of our code.
    warnings.filterwarnings("ignore")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    sys.exit(main(sys.argv[1:]))
