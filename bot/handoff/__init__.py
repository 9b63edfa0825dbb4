"""The hand-off of a conversation to a person, as bot and desk both know it."""
