"""Quote attribution: the claims of an article, with speaker, date and place."""
