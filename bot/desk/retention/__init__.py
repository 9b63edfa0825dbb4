"""Privacy in time: one user's data removed from everywhere, and what is old removed by itself."""
