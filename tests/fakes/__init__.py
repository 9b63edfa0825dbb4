"""Stand-ins written by hand, for tests of more than one suite."""
