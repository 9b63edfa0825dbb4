"""The leads' pages over many made-up conversations: how long each takes to answer."""
