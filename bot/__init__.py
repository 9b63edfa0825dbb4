"""The Rasa server of the hotline: channels, understanding, and the desk beside it."""
