"""A desk of the test's own beside a record of conversations, and leads with browsers."""

from __future__ import annotations

from tests.e2e.desk.review.conftest import conversations, desk, enter, folder

__all__ = ["conversations", "desk", "enter", "folder"]
