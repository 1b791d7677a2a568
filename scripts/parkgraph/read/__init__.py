"""Reading: which files there are, their bytes, their strict syntax, and where each triple stands."""
