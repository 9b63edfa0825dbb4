"""Facts about an account in, findings out. Pure: no clock, no network, no words."""
