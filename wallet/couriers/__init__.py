"""What carries messages out of the wallet: mail by SMTP, text messages by a webhook."""
