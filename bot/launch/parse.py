"""``python -m bot parse``: one utterance a line in, one JSON line out."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys

from bot.launch.understanding import Parser, load_parser, present_model, understand


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("parse", help="one utterance a line in, one JSON line out")
    parser.set_defaults(handler=run)


def run(_arguments: argparse.Namespace) -> None:
    """Parse standard input with the model of the present data; the bot need not run."""
    asyncio.run(_parse_lines(load_parser(present_model())))


async def _parse_lines(parser: Parser) -> None:
    for line in sys.stdin:
        row = await understand(parser, line.rstrip("\r\n"))
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()
