"""An agent, as the rest of the desk knows him: never with his password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Role(str, Enum):
    """What an agent may do; each may do what the one before may."""

    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"

    def includes(self, needed: Role) -> bool:
        """Whether this role may do what another may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Language(str, Enum):
    """A language the desk is written in."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True)
class Agent:
    """Somebody who works at the desk. `name` is what he signs in with, `display_name` what users see."""

    id: int
    name: str
    display_name: str
    role: Role
    language: Language
    must_change_password: bool
    created_at: datetime
    disabled_at: datetime | None

    @property
    def is_disabled(self) -> bool:
        """Whether he may no longer sign in."""
        return self.disabled_at is not None

    def may(self, needed: Role) -> bool:
        """Whether his role is enough."""
        return self.role.includes(needed)


@dataclass(frozen=True)
class SignIn:
    """An agent who is signed in, with the token that his forms must bear."""

    agent: Agent
    csrf: str
    expires_at: datetime
