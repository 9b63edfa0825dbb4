"""The hours of service, with the holidays and the working weekends of China."""
