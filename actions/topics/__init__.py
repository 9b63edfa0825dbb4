"""One module a topic: the actions that domain.yml names."""
