"""How far a share may be from the true one, as far as chance goes. Pure."""

from __future__ import annotations

import math

_Z = 1.959963984540054  # 95 of a hundred draws of a normal distribution lie within so many deviations


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of Wilson of a share, from 0 to 1; the whole is at least 1."""
    share, weight = part / whole, _Z * _Z / whole
    middle = (share + weight / 2) / (1 + weight)
    reach = _Z * math.sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return max(0.0, middle - reach), min(1.0, middle + reach)
