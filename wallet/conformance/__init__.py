"""Whether a wallet keeps the contract: asked over HTTP, without any part of this one."""
