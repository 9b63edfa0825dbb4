"""The pages agents work with: the queue, a conversation, cases, and what keeps them live."""
