"""Pictures of the running product for the README."""
