"""Backups: a folder with the whole archive in one SQLite file, whichever database it is of or goes into."""
