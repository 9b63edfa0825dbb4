"""What a wallet and those who ask it agree on: money, causes, errors, payloads. Standard library only."""
