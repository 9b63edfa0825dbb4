"""The operators' commands about incidents: faults that were found, and works that are planned."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone

from wallet.contract.payloads import Incident, LocalizedText
from wallet.services.incidents import end_incident, list_incidents, open_incident
from wallet.services.wallet import Wallet

EVERYTHING = "everything"


def add_incident_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``incident add``, ``end`` and ``list``."""
    incident = commands.add_parser("incident", help="put a channel out of order, now or planned")
    deeds = incident.add_subparsers(dest="deed", required=True)
    add = deeds.add_parser("add", help="open one")
    add.add_argument("channel", help=f"its code, or {EVERYTHING}")
    add.add_argument("--zh", required=True, help="what users are told, in Chinese")
    add.add_argument("--en", required=True, help="the same in English")
    add.add_argument("--since", type=_moment, help="ISO 8601 with its zone; now if left out")
    add.add_argument("--until", type=_moment, help="when it is expected to be over")
    add.set_defaults(operation=_add)
    end = deeds.add_parser("end", help="it is mended, or will not take place")
    end.add_argument("incident", help="its id")
    end.set_defaults(operation=_end)
    deeds.add_parser("list", help="what is open or planned").set_defaults(operation=_list)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise argparse.ArgumentTypeError("a time is like 2026-03-12T02:00+08:00") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("a time needs its zone, as in 2026-03-12T02:00+08:00")
    return moment.astimezone(timezone.utc)


async def _add(wallet: Wallet, given: argparse.Namespace) -> str:
    channel = None if given.channel == EVERYTHING else given.channel
    words = LocalizedText(given.zh, given.en)
    return _line(wallet, await open_incident(wallet, channel, words, given.until, given.since))


async def _end(wallet: Wallet, given: argparse.Namespace) -> str:
    await end_incident(wallet, given.incident)
    return f"{given.incident}: ended"


async def _list(wallet: Wallet, _given: argparse.Namespace) -> str:
    return "\n".join(_line(wallet, each) for each in await list_incidents(wallet)) or "nothing is out of order"


def _line(wallet: Wallet, incident: Incident) -> str:
    state = "planned" if incident.since > wallet.now() else "open"
    until = f" until {_written(wallet, incident.expected_end)}" if incident.expected_end else ""
    where = incident.channel or EVERYTHING
    return f"{incident.id}: {state}, {where}, from {_written(wallet, incident.since)}{until}: {incident.what.en}"


def _written(wallet: Wallet, moment: datetime) -> str:
    return moment.astimezone(wallet.days.zone).isoformat(timespec="minutes")
