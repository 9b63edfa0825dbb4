"""The documented steps of each topic, as data, and how they are read."""
