"""Rules of keyword search: queries and snippets."""
