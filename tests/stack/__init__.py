"""The whole product running for tests, and clients of its three processes."""
