"""What can be seen of a running process from outside: its log, and the ids by which a message is found in it."""
