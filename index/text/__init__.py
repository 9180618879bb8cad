"""Text processing for search: normalisation, language detection, terms, sentences, names and encoding."""
