"""Pages of help: the glossary, the list of keys, and the tour."""
