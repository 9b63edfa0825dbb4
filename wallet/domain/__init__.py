"""The wallet's rules: pure functions and frozen records, no database, no HTTP, no clock of their own."""
