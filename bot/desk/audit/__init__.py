"""Who did what at the desk and when: rows that are only ever added."""
