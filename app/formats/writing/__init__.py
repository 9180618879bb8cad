"""Export formats: each writer turns a stream of records into a stream of text."""
