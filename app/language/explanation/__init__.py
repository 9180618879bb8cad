"""Natural-language explanations of matches and timelines."""
