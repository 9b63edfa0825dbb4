"""How a conversation goes on: the turn, the walkthrough, the words, the hand-off."""
