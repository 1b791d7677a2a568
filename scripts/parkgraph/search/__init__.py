"""Finding things, seeing one whole, and questions in one's own words."""
