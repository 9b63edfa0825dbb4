"""The only way out of the actions: HTTP to the wallet and the desk."""
