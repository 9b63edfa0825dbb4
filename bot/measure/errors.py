"""What goes wrong before anything is measured."""

from __future__ import annotations


class Unusable(Exception):
    """A file, a line or a label that nothing can be measured with; the message is one line that says which."""
