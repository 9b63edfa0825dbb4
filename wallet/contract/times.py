"""Moments as text: ISO 8601 with a zone, as RFC 3339 writes them."""

from __future__ import annotations

import re
from datetime import datetime

# Python 3.10 reads fractions of three and of six digits alone; others write as many digits as there are.
_FRACTION = re.compile(r"(?<=:[0-9]{2})\.([0-9]+)")


def read_moment(text: str) -> datetime:
    """The moment, exact to the microsecond. Raises ValueError, also for one without a zone."""
    microseconds = _FRACTION.sub(lambda found: f".{found[1][:6]:0<6}", text.upper())
    moment = datetime.fromisoformat(microseconds.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment
