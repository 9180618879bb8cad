"""Use cases of the analysts' desk: flags, reviews, notes and saved views."""
