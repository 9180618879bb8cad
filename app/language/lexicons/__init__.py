"""The language knowledge of `index/lexicons`, compiled for each capability when a language is first read."""
