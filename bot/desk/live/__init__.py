"""What is new at the desk, told to the pages that are open."""
