"""The desk in real browsers."""
