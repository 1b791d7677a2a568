"""Remote triple stores: loading with proof, verifying, and reading from them."""
