"""Components of the NLU pipeline named in config.yml: language, intent and entities of a message."""
