"""Cases: hand-offs that wait for a person's answer."""
