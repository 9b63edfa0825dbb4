"""HTTP: requests into use cases, what they answer into JSON."""
