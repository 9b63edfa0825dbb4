"""What goes wrong with files of utterances."""

from __future__ import annotations


class UnreadableUtterances(Exception):
    """A file that is none, or not of the expected form; the message is one line that says which and why."""
