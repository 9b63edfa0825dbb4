"""One function per use case. Storage and issuer are seen through the protocols of ``ports``."""
