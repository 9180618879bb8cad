"""Values that every capability uses: dates, texts, text quotes, errors, messages."""
