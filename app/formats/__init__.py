"""Import formats: each reader turns lines into drafts, or reports what is wrong with them."""
