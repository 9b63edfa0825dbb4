"""The wallet's words, in both languages, and what reads them."""
