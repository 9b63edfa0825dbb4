"""Times turns of the running bot: ``make run`` in one terminal, ``make bench`` in another.

Read the rows beside each other, not the milliseconds: machines differ, and a busy one is slower in all rows alike.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import urllib.request
from typing import Any

from bot.channels.identity import make_user_token
from bot.settings import Settings, read_environment

ROUNDS = 20
SCRIPTS = {
    "guest, zh": (None, ["你好", "付款失败了", "还是不行", "手续费多少", "还是不行", "算了"]),
    "chen, zh": ("chen", ["刚才付款失败了", "是的", "我的限额是多少", "还是不行", "算了"]),
    "li, en": ("li", ["my payment was declined", "yes", "is it safe", "still failing", "never mind"]),
}


def post(url: str, body: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    """The JSON answer to a JSON body."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return dict(json.load(answer))


def time_script(settings: Settings, user: str | None, lines: list[str]) -> list[float]:
    """Milliseconds of each turn of one conversation."""
    url = f"{settings.url}/webhooks/terminal"
    user_token = make_user_token(user, settings.user_token_secret) if user else None
    token = post(f"{url}/sessions", {"user_token": user_token})["session_token"]
    times = []
    for line in lines:
        began = time.perf_counter()
        post(f"{url}/messages", {"text": line}, token)
        times.append((time.perf_counter() - began) * 1000)
    return times


def main() -> None:
    """Print a row for each script: turns, median, 95th percentile."""
    settings = Settings.from_environment(read_environment())
    out = sys.stdout.write
    out(f"{'script':<12}{'turns':>7}{'p50 ms':>9}{'p95 ms':>9}\n")
    for name, (user, lines) in SCRIPTS.items():
        times = sorted(t for _ in range(ROUNDS) for t in time_script(settings, user, lines))
        out(f"{name:<12}{len(times):>7}{statistics.median(times):>9.0f}{times[int(len(times) * 0.95)]:>9.0f}\n")


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        raise SystemExit(f"the bot does not answer: start it with `make run` first ({error})") from error
