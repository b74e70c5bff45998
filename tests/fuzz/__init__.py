"""A fuzz target for the reader, with a stored corpus."""
