"""``python -m bot run``: everything on one machine, ready in one block, ended by Ctrl-C."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from types import FrameType

from bot.launch.processes import Running, Service, is_port_free
from bot.launch.secrets_file import ensure_secrets
from bot.launch.states import Condition, HealthCheck, State, Watched
from bot.settings import SECRETS_FILE, Settings, port_of, read_environment

_READY_SECONDS = 180
_FIRST_AGENT = ".venv/bin/python -m bot desk add-user NAME --role admin"
_WATCH_SECONDS = 1.0
_DISK_NEEDED = 300 * 1024 * 1024  # bytes: a model while it is packed, three databases, logs


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="start wallet, desk and bot on this machine")
    parser.set_defaults(handler=run)


def run(_arguments: argparse.Namespace) -> int:
    """Train if needed, make the databases, seed, start all, wait for the end."""
    # SIGINT too: a shell starts background jobs with it ignored, and Python then leaves it so.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return _run()
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise SystemExit("the disk is full: free some space and start again") from error
        raise


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run() -> int:
    if shutil.disk_usage(Path.cwd()).free < _DISK_NEEDED:
        raise SystemExit(f"the disk is full: {_DISK_NEEDED // 1024 // 1024} MB are needed in {Path.cwd()}")
    ensure_secrets(Path(os.environ.get("HOTLINE_SECRETS_FILE", SECRETS_FILE)))
    environment = {**read_environment(), "PYTHONUNBUFFERED": "1"}
    settings = Settings.from_environment(environment)
    services = _services(settings, environment)
    for service in services:
        if not is_port_free(service.host, service.port):
            raise SystemExit(
                f"port {service.port} of the {service.name} is taken: end what listens there "
                f"or set HOTLINE_{service.name.upper()}_PORT"
            )
    defaults = _origins(services) if settings.is_development else {}
    environment = {**defaults, **environment, **_addresses(services)}
    settings.log_folder.mkdir(parents=True, exist_ok=True)
    _step("training, if the data has changed", ["bot", "train"], environment, settings.log_folder)
    _step("making the wallet's database", ["wallet", "migrate"], environment, settings.log_folder)
    if settings.is_development:
        _step("seeding the demo users", ["wallet", "seed"], environment, settings.log_folder)
    running: list[Running] = []
    try:
        _say("starting wallet, desk and bot")
        running += [Running(service, environment, settings.log_folder) for service in services]
        for process in running:
            process.wait_until_ready(_READY_SECONDS)
        _say(_ready_block(services, settings))
        return _watch(running, coloured=sys.stdout.isatty() and "NO_COLOR" not in environment)
    finally:
        for process in running:
            process.ask_to_end()
        for process in running:
            process.end()
        if running:
            _say("ended")


def _services(settings: Settings, environment: dict[str, str]) -> list[Service]:
    python = [sys.executable, "-m"]
    host = "127.0.0.1"
    return [
        Service(
            "wallet",
            [*python, "wallet", "serve"],
            environment.get("HOTLINE_WALLET_HOST", host),
            port_of(environment, "HOTLINE_WALLET_PORT", 5100),
        ),
        Service(
            "desk",
            [*python, "bot", "desk", "serve"],
            environment.get("HOTLINE_DESK_HOST", host),
            port_of(environment, "HOTLINE_DESK_PORT", 5200),
        ),
        Service("bot", [*python, "bot", "serve"], settings.host, settings.port),
    ]


def _addresses(services: list[Service]) -> dict[str, str]:
    """What one service must know of the others when their ports were moved."""
    wallet, desk, bot = services
    return {
        "HOTLINE_WALLET_URL": wallet.url,
        "HOTLINE_WALLET_PUBLIC_URL": wallet.url,
        "HOTLINE_DESK_URL": desk.url,
        "HOTLINE_BOT_URL": bot.url,
    }


def _origins(services: list[Service]) -> dict[str, str]:
    """Where the widget may be shown if nobody says so: on the wallet's own page, by either name of this machine."""
    wallet = services[0]
    return {"HOTLINE_WIDGET_ORIGINS": f"{wallet.url} http://localhost:{wallet.port}"}


def _step(what: str, command: list[str], environment: dict[str, str], log_folder: Path) -> None:
    """Run one step to its end, its output in a log. Raises SystemExit with its last line when it fails."""
    began = time.monotonic()
    _say(what)
    log_path = log_folder / f"{'-'.join(command)}.log"
    with log_path.open("wb") as log:
        done = subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-m", *command], env=environment, stdout=log, stderr=subprocess.STDOUT, check=False
        )
    lines = [line for line in log_path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed, see {log_path}: {lines[-1] if lines else ''}")
    _say(f"  {lines[-1] if lines else 'done'} ({time.monotonic() - began:.0f} s)")


def _watch(running: list[Running], coloured: bool) -> int:
    """Wait for Ctrl-C. The bot does without wallet and desk for a while; nothing is left to do without the bot."""
    checks = [HealthCheck(process.service.url) for process in running]
    watched = [Watched(*pair, _now) for pair in zip(running, checks, strict=True)]
    _say("\n".join(["", *(each.state.line(coloured) for each in watched), ""]))
    for check in checks:
        check.start()
    try:
        while True:
            for each, process in zip(watched, running, strict=True):
                changed = each.look()
                if changed is not None:
                    _say(changed.line(coloured) + _advice(changed, process))
            time.sleep(_WATCH_SECONDS)
    finally:
        for check in checks:
            check.stop()


def _advice(state: State, process: Running) -> str:
    """What to do about it. Raises SystemExit when the bot has ended."""
    if state.condition is Condition.UNHEALTHY:
        return f"  (see {process.log})"
    if state.condition is not Condition.ENDED:
        return ""
    if state.service.name == "bot":
        raise SystemExit(f"the bot has ended, see {process.log}:\n{process.last_words()}")
    return f"  (see {process.log}; the others go on; again: {_again(state.service)})"


def _now() -> datetime:
    return datetime.now().astimezone()


def _again(service: Service) -> str:
    return ".venv/bin/python " + " ".join(service.command[1:])


def _ready_block(services: list[Service], settings: Settings) -> str:
    wallet, desk, bot = services
    talk = ".venv/bin/python -m bot chat"
    to_try = [
        f"  open {wallet.url}/demo/ : a wallet to break, and to be helped with",
        "",
        f"  or talk in a terminal, as a guest:  {talk}",
        f"  as a user whose payment failed:     {talk} --as chen",
        "  demo users: chen li wang zhao sun qian zhou he wu ma lin luo gao tang",
    ]
    return "\n".join(
        [
            "",
            "ready",
            f"  bot     {bot.url}   (the widget: {bot.url}/widget/widget.js)",
            f"  wallet  {wallet.url}   (its API: {wallet.url}/docs)",
            f"  desk    {desk.url}   (its first agent: {_FIRST_AGENT})",
            f"  logs    {settings.log_folder}/",
            "",
            *(to_try if settings.is_development else []),
            "  Ctrl-C ends everything",
            "",
        ]
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
