"""The wallet's page, with a wallet of its own behind it and nothing else."""
