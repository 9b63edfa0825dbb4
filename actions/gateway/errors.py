"""What may go wrong on the way to the wallet or the desk.

GatewayError
├── ServiceAway        no answer, too late, or an answer that is none: try again later
├── UnknownUser        the wallet knows no such user
└── Refused            the service answered no, with a code
"""

from __future__ import annotations


class GatewayError(Exception):
    """A service did not give what was asked for."""


class ServiceAway(GatewayError):
    """The service does not answer, or not with anything that can be read."""


class UnknownUser(GatewayError):
    """The wallet has no user of that id."""


class Refused(GatewayError):
    """The service answered with an error of its envelope."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
