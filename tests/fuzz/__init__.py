"""A fuzz target for the reader, with a corpus that is kept."""
