"""What operators do from the command line: the deeds no endpoint leads to, each on record and told to the user."""
